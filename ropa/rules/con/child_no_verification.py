"""CON07: parents who consent, and nobody who looks whether they are the parents."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, known
from ropa.rules.con import consent_of
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("CON07", on=ConsentBasis, severity=Severity.ERROR, cites=("GDPR 8(2)",), unless=for_law_enforcement)
def child_no_verification(basis: ConsentBasis, ctx: Context) -> Iterator[Problem]:
    """Whoever holds parental responsibility consents, and the record says nothing, or no, on how that is verified."""
    child = consent_of(basis).child
    if not known(child) or child.parental != "yes":
        return
    at = ("consent", "child", "verification")
    if child.verification == "none":
        yield Problem.on(*at, says="none", purpose=ctx.called())
    elif not known(child.verification):
        yield Problem.on(*at, says="unset", severity=Severity.WARNING, purpose=ctx.called())
