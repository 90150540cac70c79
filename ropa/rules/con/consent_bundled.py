"""CON05: one consent for several purposes."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis
from ropa.rules.con import consent_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "CON05",
    on=ConsentBasis,
    severity=Severity.WARNING,
    cites=("GDPR 6(1)(a)", "GDPR recital 32", "GDPR recital 43"),
    unless=for_law_enforcement,
)
def consent_bundled(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """One consent is asked for several purposes together."""
    bundled = consent_of(basis).bundled
    if bundled in ("yes", "unknown"):
        says = "bundled" if bundled == "yes" else "unknown"
        yield Problem.on("consent", "bundled", says=says, purpose=ctx.called())
