"""TRF14: a third country's law was assessed, with the result that the safeguards do not work there."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Transfer, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import assessed, must_be_assessed, standing, trail


@rule("TRF14", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(1)", "C-311/18"))
def assessment_negative(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The assessment found no essentially equivalent protection, or leans on measures that are not recorded."""
    if standing(ctx).best.why == "assessment":  # no other instrument carries the transfer
        yield Problem.on("assessment", "result", says="negative", transfer=ctx.called(), trail=trail(ctx))
        return
    assessment = assessed(transfer, ctx.day)
    if not must_be_assessed(transfer, ctx) or assessment is None:
        return
    if assessment.result == "equivalent-with-measures" and not (known(assessment.measures) and assessment.measures):
        yield Problem.on("assessment", "measures", says="measures", transfer=ctx.called(), trail=trail(ctx))
