"""LI02: legitimate interests that were not weighed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import LegitimateInterests, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "LI02",
    on=LegitimateInterests,
    severity=Severity.WARNING,
    cites=("GDPR 6(1)(f)", "GDPR 5(2)"),
    unless=for_law_enforcement,
)
def assessment_missing(basis: LegitimateInterests, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on legitimate interests, and no balancing of interests is recorded."""
    if known(basis.assessment) and isinstance(basis.assessment.done, date) and basis.assessment.done > ctx.day:
        yield Problem.on("assessment", "done", says="later", purpose=ctx.called(), day=basis.assessment.done)
    elif not known(basis.assessment) or not basis.assessment.made_by(ctx.day):
        says = "none" if basis.assessment == "none" else "unset"
        yield Problem.on("assessment", says=says, purpose=ctx.called())
