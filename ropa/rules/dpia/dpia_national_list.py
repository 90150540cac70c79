"""DPIA03: processing on the supervisory authority's list, and no impact assessment."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Dpia
from ropa.rules.dpia import missing
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("DPIA03", on=Activity, severity=Severity.ERROR, cites=("GDPR 35(1)", "GDPR 35(4)"))
def dpia_national_list(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity matches an item of the authority's list, and no impact assessment is recorded as done."""
    found, dpia = missing(activity, ctx), activity.dpia
    item = dpia.national_list if isinstance(dpia, Dpia) else None
    if found is not None and found.why == "listed" and item is not None:
        yield Problem.on("dpia", "national_list", severity=found.severity, activity=ctx.called(), item=item)
