"""CON01: consent that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("CON01", on=ConsentBasis, severity=Severity.ERROR, cites=("GDPR 7(1)",), unless=for_law_enforcement)
def consent_not_demonstrable(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on consent, and the record says nothing, or no, on how it is shown."""
    proof = basis.consent.proof if known(basis.consent) else basis.consent
    if proof == "none":
        yield Problem.on("consent", "proof", says="none", purpose=ctx.called())
    elif not known(proof):
        yield Problem.on("consent", "proof", says="unset", severity=Severity.WARNING, purpose=ctx.called())
