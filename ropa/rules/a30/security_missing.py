"""A3010: an activity has no description of its security measures."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3010", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(g)", "GDPR 32(1)"))
def security_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity has no description of its security measures."""
    if known(activity.measures) and activity.measures:
        return
    if not any(measure.everywhere == "yes" for measure in ctx.register.measures.values()):
        yield Problem.on("measures", activity=ctx.called())
