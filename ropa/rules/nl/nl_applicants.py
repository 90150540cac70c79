"""NL04: data of applicants are kept longer than the Dutch authority finds usual."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, ConsentBasis, Retention, known
from ropa.model.period import longer
from ropa.rules.nl import limits, tagged
from ropa.rules.rule import Context, Problem, Severity, rule

_WITH_CONSENT = "P1Y"


@rule("NL04", on=Activity, severity=Severity.WARNING, cites=("GDPR 5(1)(e)",), pack="NL")
def nl_applicants(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """Data of applicants are kept for more than some weeks without their consent, or for more than a year with it."""
    weeks = ctx.law.number("nl-applicants", ctx.day)
    if weeks is None:
        return
    bases = [basis for purpose in activity.purpose_records().values() for basis in purpose.bases]
    consent = any(isinstance(basis, ConsentBasis) for basis in bases)
    found = dict(entry for _, purpose in tagged(activity, "recruitment") for entry in limits(activity, purpose))
    for at, entry in sorted(found.items()):
        if known(entry.period) and not _hired(entry, ctx):
            if consent and longer(entry.period, _WITH_CONSENT):
                yield Problem.on("retention", at, "period", says="year", activity=ctx.called(), period=entry.period)
            elif not consent and longer(entry.period, f"P{weeks}W"):
                yield Problem.on(
                    "retention", at, "period", says="weeks",
                    activity=ctx.called(), period=entry.period, weeks=weeks,
                )  # fmt: skip


def _hired(entry: Retention, ctx: Context) -> bool:
    """Tell whether a time limit is only for people who work for the organisation: they are no applicants any more."""
    people = entry.data_subjects or ()
    return bool(people) and all(ctx.register.data_subjects[one].employees == "yes" for one in people)
