"""A3007: an activity does not say who receives the data."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.a30 import exempt
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3007", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(1)(d)", "GDPR 4(9)"), unless=exempt)
def recipients_not_stated(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity does not say who receives the data."""
    if activity.recipients is None or activity.recipients == "unknown":
        yield Problem.on("recipients", activity=ctx.called())
