"""RET02: a retention period does not say from when it runs."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Retention, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("RET02", on=Retention, severity=Severity.WARNING, cites=("GDPR 5(1)(e)",), unless=for_law_enforcement)
def retention_without_start(retention: Retention, ctx: Context) -> Iterator[Problem]:
    """A retention period does not say from when it runs."""
    if known(retention.period) and not known(retention.start) and not retention.criteria:
        yield Problem.on("start", activity=ctx.called(ctx.path[:2]), period=retention.period)
