"""DE01: a record of law enforcement lacks what § 70 BDSG asks for besides Art. 30."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("DE01", on=Activity, severity=Severity.ERROR, cites=("§ 70(1) BDSG",), pack="DE-LED")
def de_led_record(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity of law enforcement does not state its legal basis, or whether profiling is used."""
    if activity.law_enforcement != "yes":
        return
    without = [one for one, purpose in activity.purpose_records().items() if not purpose.bases]
    if without:  # one gap for the activity
        yield Problem.on("purposes", without[0], "legal_basis", says="basis", activity=ctx.called())
    if not known(activity.profiling):
        yield Problem.on("profiling", says="profiling", severity=Severity.WARNING, activity=ctx.called())
