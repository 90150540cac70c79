"""LI01: legitimate interests that are not named."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import LegitimateInterests, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "LI01",
    on=LegitimateInterests,
    severity=Severity.ERROR,
    cites=("GDPR 6(1)(f)", "GDPR 13(1)(d)"),
    unless=for_law_enforcement,
)
def interest_not_named(basis: LegitimateInterests, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on legitimate interests, and the record does not say which interest."""
    if not known(basis.interest):
        yield Problem.on("interest", purpose=ctx.called())
