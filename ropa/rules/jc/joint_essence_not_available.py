"""JC02: the essence of an arrangement between joint controllers is not available to the data subjects."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import JointControl, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("JC02", on=JointControl, severity=Severity.ERROR, cites=("GDPR 26(2)",), unless=for_law_enforcement)
def joint_essence_not_available(joint: JointControl, ctx: Context) -> Iterator[Problem]:
    """There is an arrangement, and by the record its essence is not available to the data subjects."""
    if not known(joint.arrangement) or not joint.arrangement.made_by(ctx.day):
        return
    if joint.essence_available == "no":
        yield Problem.on("essence_available", says="withheld", activity=ctx.called())
    elif joint.essence_available == "unknown":
        yield Problem.on("essence_available", says="unknown", severity=Severity.WARNING, activity=ctx.called())
