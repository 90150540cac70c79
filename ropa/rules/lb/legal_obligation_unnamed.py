"""LB04: a legal obligation that names no law."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import LegalObligation, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "LB04", on=LegalObligation, severity=Severity.ERROR, cites=("GDPR 6(1)(c)", "GDPR 6(3)"), unless=for_law_enforcement
)
def legal_obligation_unnamed(basis: LegalObligation, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on a legal obligation, and no provision is named that lays it down."""
    if not known(basis.provision):
        yield Problem.on("provision", purpose=ctx.called())
