"""INF02: data from elsewhere whose source is not named."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.inf import exempt
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("INF02", on=Activity, severity=Severity.WARNING, cites=("GDPR 14(2)(f)",), unless=for_law_enforcement)
def source_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """Data come from somebody other than the data subject, and the record does not say from whom."""
    if exempt(activity, "14"):
        return
    if activity.sources == "unknown":
        yield Problem.on("sources", says="unknown", activity=ctx.called())
    for at, source in enumerate(activity.sources if isinstance(activity.sources, tuple) else ()):
        if source.party is not None or source.description is not None:
            continue
        if source.kind in ("third-party", "public-source"):
            yield Problem.on("sources", at, says="unnamed", activity=ctx.called())
        elif source.kind == "unknown":
            yield Problem.on("sources", at, says="unknown", activity=ctx.called())
