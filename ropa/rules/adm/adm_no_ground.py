"""ADM01: a decision by automated means alone without a ground of Art. 22(2)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import AutomatedDecision, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "ADM01",
    on=AutomatedDecision,
    severity=Severity.ERROR,
    cites=("GDPR 22(1)", "GDPR 22(2)"),
    unless=for_law_enforcement,
)
def adm_no_ground(decision: AutomatedDecision, ctx: Context) -> Iterator[Problem]:
    """An activity decides about people by automated means alone, and no ground is recorded that allows it."""
    if not known(decision.ground):
        severity = Severity.WARNING if decision.ground == "unknown" else None
        yield Problem.on("ground", says=decision.ground or "missing", severity=severity, activity=ctx.called())
    elif decision.ground == "22(2)(b)" and not known(decision.provision):
        unknown = decision.provision == "unknown"
        says, severity = ("law-unknown", Severity.WARNING) if unknown else ("law", None)
        yield Problem.on("provision", says=says, severity=severity, cites=("GDPR 22(2)(b)",), activity=ctx.called())
