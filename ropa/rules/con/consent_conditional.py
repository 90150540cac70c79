"""CON04: consent as the price of a service."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis
from ropa.rules.con import consent_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "CON04",
    on=ConsentBasis,
    severity=Severity.WARNING,
    cites=("GDPR 7(4)", "GDPR recital 43"),
    unless=for_law_enforcement,
)
def consent_conditional(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """A service depends on a consent that it does not need."""
    conditional = consent_of(basis).conditional
    if conditional in ("yes", "unknown"):
        says = "conditional" if conditional == "yes" else "unknown"
        yield Problem.on("consent", "conditional", says=says, purpose=ctx.called())
