"""DPIA06: an impact assessment older than the last change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Dpia
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, for_law_enforcement


@rule("DPIA06", on=Dpia, severity=Severity.WARNING, cites=("GDPR 35(11)",), unless=for_law_enforcement)
def dpia_outdated(dpia: Dpia, ctx: Context) -> Iterator[Problem]:
    """An activity changed in a way that matters to its assessments, after its impact assessment was last reviewed."""
    activity = activity_of(ctx)
    if not isinstance(dpia.done, date) or activity.changed is None or dpia.required == "no":
        return
    if dpia.done < activity.changed <= ctx.day:
        yield Problem.on("done", activity=ctx.called(), day=dpia.done, changed=activity.changed)
