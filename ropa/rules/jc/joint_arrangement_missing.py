"""JC01: joint controllers without an arrangement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import JointControl, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("JC01", on=JointControl, severity=Severity.ERROR, cites=("GDPR 26(1)",), unless=for_law_enforcement)
def joint_arrangement_missing(joint: JointControl, ctx: Context) -> Iterator[Problem]:
    """Controllers determine purposes and means together, and no arrangement or law divides the duties among them."""
    arrangement = joint.arrangement
    if joint.law is not None or not joint.parties:
        return
    if arrangement == "unknown":
        yield Problem.on("arrangement", says="unknown", severity=Severity.WARNING, activity=ctx.called())
    elif not known(arrangement):
        yield Problem.on("arrangement", says="missing", activity=ctx.called())
    elif isinstance(arrangement.done, date) and arrangement.done > ctx.day:
        yield Problem.on("arrangement", "done", says="later", activity=ctx.called(), day=arrangement.done)
    elif not arrangement.made_by(ctx.day):
        yield Problem.on("arrangement", says="unknown", severity=Severity.WARNING, activity=ctx.called())
