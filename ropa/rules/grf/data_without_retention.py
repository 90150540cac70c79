"""GRF06: an activity states time limits for some of its data, and none for others."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.grf import declared, listed
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF06", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(f)", "GDPR 5(1)(e)"))
def data_without_retention(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """The time limits of an activity name some categories of its data and leave others out."""
    entries = activity.retention if isinstance(activity.retention, tuple) else ()
    if not entries or not all(entry.data for entry in entries):  # an entry that names no data is for all
        return
    data = activity.data if isinstance(activity.data, tuple) and activity.data else sorted(declared(activity) or ())
    covered = {one for entry in entries for one in entry.data or ()}
    left_out = [one for one in dict.fromkeys(data) if one not in covered]
    if left_out:
        yield Problem.on("retention", activity=ctx.called(), data=listed(ctx, "data", left_out))
