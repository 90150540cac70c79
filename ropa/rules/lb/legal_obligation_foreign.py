"""LB05: a legal obligation under the law of a third country."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import LegalObligation
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LB05", on=LegalObligation, severity=Severity.ERROR, cites=("GDPR 6(3)",), unless=for_law_enforcement)
def legal_obligation_foreign(basis: LegalObligation, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on a legal obligation that is not one of Union or Member State law."""
    if basis.provision is None or basis.provision == "unknown":  # that no law is named is said already (LB04)
        return
    if basis.law == "third-country":
        yield Problem.on("law", says="foreign", purpose=ctx.called(), provision=basis.provision)
    elif basis.law == "unknown":
        yield Problem.on(
            "law", says="unknown", severity=Severity.WARNING, purpose=ctx.called(), provision=basis.provision
        )
