"""A3006: an activity states no category of personal data."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3006", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(1)(c)",), unless=exempt)
def data_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity states no category of personal data."""
    if known(activity.data) and activity.data:
        return
    if any(purpose.data for purpose in activity.purpose_records().values()):
        return
    yield Problem.on("data", activity=ctx.called())
