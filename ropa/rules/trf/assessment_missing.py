"""TRF12: a transfer rests on safeguards, and the law of the third country was not assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Transfer, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import assessed, must_be_assessed, trail


@rule("TRF12", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(1)", "C-311/18"))
def assessment_missing(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record shows no assessment of the third country's law for this transfer."""
    if not must_be_assessed(transfer, ctx) or assessed(transfer, ctx.day):
        return
    if known(transfer.assessment) and isinstance(transfer.assessment.done, date):  # made after the day asked about
        day, severity = transfer.assessment.done, Severity.WARNING
        yield Problem.on(
            "assessment", "done", says="later", severity=severity, transfer=ctx.called(), day=day, trail=trail(ctx)
        )
        return
    says = "none" if transfer.assessment == "none" else "unstated"
    severity = Severity.ERROR if says == "none" else Severity.WARNING
    yield Problem.on("assessment", says=says, severity=severity, transfer=ctx.called(), trail=trail(ctx))
