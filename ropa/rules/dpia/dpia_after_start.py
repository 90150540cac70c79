"""DPIA04: the impact assessment comes after the processing has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import GDPR_APPLIES
from ropa.model import Activity, Dpia
from ropa.rules.dpia import missing
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("DPIA04", on=Activity, severity=Severity.WARNING, cites=("GDPR 35(1)",), unless=for_law_enforcement)
def dpia_after_start(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """The processing has begun, and its impact assessment is planned for a day that is still to come."""
    since, dpia = activity.since, activity.dpia
    if since is None or since < GDPR_APPLIES or not isinstance(dpia, Dpia) or not isinstance(dpia.done, date):
        return
    planned = dpia.done > ctx.day and dpia.required != "no"
    if planned and missing(activity, ctx) is None:  # else that is said of it
        yield Problem.on("dpia", "done", activity=ctx.called(), since=since, day=dpia.done)
