"""DPIA07: a high residual risk without prior consultation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Dpia
from ropa.rules.dpia import made
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("DPIA07", on=Dpia, severity=Severity.ERROR, cites=("GDPR 36(1)",), unless=for_law_enforcement)
def prior_consultation_missing(dpia: Dpia, ctx: Context) -> Iterator[Problem]:
    """The risk that remains by the assessment is high, and the supervisory authority was not consulted."""
    if not made(dpia, ctx.day):
        return
    if dpia.residual_risk == "unknown":
        yield Problem.on("residual_risk", says="risk-unknown", severity=Severity.WARNING, activity=ctx.called())
    elif dpia.residual_risk == "high":
        consulted = dpia.consulted
        if not isinstance(consulted, date):
            says, severity = ("unknown", Severity.WARNING) if consulted == "unknown" else ("missing", None)
            yield Problem.on("consulted", says=says, severity=severity, activity=ctx.called())
        elif consulted > ctx.day:
            yield Problem.on("consulted", says="later", activity=ctx.called(), day=consulted)
