"""A3003: an activity states no purpose."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3003", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(1)(b)",), unless=exempt)
def purpose_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity states no purpose."""
    if activity.purpose_records():
        return
    yield Problem.on("purposes", activity=ctx.called())
