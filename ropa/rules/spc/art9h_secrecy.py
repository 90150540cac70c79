"""SPC04: health or social care without professional secrecy."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import SpecialCondition
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "SPC04",
    on=SpecialCondition,
    severity=Severity.ERROR,
    cites=("GDPR 9(2)(h)", "GDPR 9(3)"),
    unless=for_law_enforcement,
)
def art9h_secrecy(condition: SpecialCondition, ctx: Context) -> Iterator[Problem]:
    """A purpose relies on Art. 9(2)(h), and nobody is recorded who is bound to professional secrecy."""
    if condition.condition != "9(2)(h)" or condition.secrecy == "yes":
        return
    severity = Severity.WARNING if condition.secrecy == "unknown" else None
    yield Problem.on("secrecy", says=condition.secrecy or "missing", severity=severity, purpose=ctx.called())
