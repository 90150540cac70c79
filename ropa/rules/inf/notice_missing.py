"""INF01: an activity that no privacy notice covers."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, stated_none
from ropa.rules.inf import exempt
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("INF01", on=Activity, severity=Severity.WARNING, cites=("GDPR 13(1)", "GDPR 14(1)"), unless=for_law_enforcement)
def notice_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """No privacy notice is linked to the activity, and no exemption is claimed."""
    if exempt(activity):
        return
    if stated_none(activity.notices):
        yield Problem.on("notices", says="none", activity=ctx.called())
    elif activity.notices == "unknown":
        yield Problem.on("notices", says="unknown", activity=ctx.called())
    elif activity.notices is None and ctx.register.notices and not _told(ctx):
        yield Problem.on("notices", says="unlinked", activity=ctx.called())


def _told(ctx: Context) -> bool:
    """Tell whether some notice covers the activity by its own account, though the activity does not link it."""
    told = [notice.covers for notice in ctx.register.notices.values() if notice.covers is not None]
    return any(
        ctx.id in (one.retention or ()) or any(purpose.startswith(f"{ctx.id}.") for purpose in one.purposes or ())
        for one in told
    )
