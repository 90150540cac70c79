"""LB11: vital interests of nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import VitalInterests, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "LB11",
    on=VitalInterests,
    severity=Severity.WARNING,
    cites=("GDPR 6(1)(d)", "GDPR 5(2)"),
    unless=for_law_enforcement,
)
def vital_interest_unnamed(basis: VitalInterests, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on vital interests, and the record does not say whose life or safety is protected from what."""
    if not known(basis.reason):
        yield Problem.on("reason", purpose=ctx.called())
