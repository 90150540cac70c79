"""CON02: consent that cannot be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("CON02", on=ConsentBasis, severity=Severity.ERROR, cites=("GDPR 7(3)",), unless=for_law_enforcement)
def consent_not_withdrawable(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on consent, and the record says nothing, or no, on how it is withdrawn."""
    withdrawal = basis.consent.withdrawal if known(basis.consent) else basis.consent
    if withdrawal == "none":
        yield Problem.on("consent", "withdrawal", says="none", purpose=ctx.called())
    elif not known(withdrawal):
        yield Problem.on("consent", "withdrawal", says="unset", severity=Severity.WARNING, purpose=ctx.called())
