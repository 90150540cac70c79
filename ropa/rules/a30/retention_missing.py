"""A3009: an activity states no time limit for erasure."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3009", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(f)", "GDPR 13(2)(a)"), unless=exempt)
def retention_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity states no time limit for erasure."""
    if not known(activity.retention) or not activity.retention:
        yield Problem.on("retention", activity=ctx.called())
