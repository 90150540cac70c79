"""GRF03: a category of personal data that nothing in the register points at."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory
from ropa.rules.grf import unused
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF03", on=DataCategory, severity=Severity.INFO, cites=("GDPR 30(1)(c)",))
def data_category_unused(category: DataCategory, ctx: Context) -> Iterator[Problem]:
    """No activity, service, system or transfer names this category of data: a link is missing, or it is left over."""
    if unused(ctx):
        yield Problem.on(data=ctx.called())
