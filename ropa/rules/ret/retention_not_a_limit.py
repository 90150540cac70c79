"""RET01: a retention entry gives neither a period nor criteria."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Retention, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "RET01",
    on=Retention,
    severity=Severity.WARNING,
    cites=("GDPR 5(1)(e)", "GDPR 30(1)(f)"),
    unless=for_law_enforcement,
)
def retention_not_a_limit(retention: Retention, ctx: Context) -> Iterator[Problem]:
    """A retention entry gives neither a period nor criteria."""
    if not known(retention.period) and not retention.criteria and retention.until_objection != "yes":
        yield Problem.on(activity=ctx.called(ctx.path[:2]))
