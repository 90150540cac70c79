"""A3005: an activity states no category of data subjects."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, known
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3005", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(1)(c)",), unless=exempt)
def subjects_missing(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity states no category of data subjects."""
    if known(activity.data_subjects) and activity.data_subjects:
        return
    if any(purpose.data_subjects for purpose in activity.purpose_records().values()):
        return
    yield Problem.on("data_subjects", activity=ctx.called())
