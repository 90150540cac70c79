"""GRF04: a category of data subjects that nothing in the register points at."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataSubjects
from ropa.rules.grf import unused
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF04", on=DataSubjects, severity=Severity.INFO, cites=("GDPR 30(1)(c)",))
def data_subjects_unused(people: DataSubjects, ctx: Context) -> Iterator[Problem]:
    """No activity, service or notice names these people: a link is missing, or the category is left over."""
    if unused(ctx):
        yield Problem.on(people=ctx.called())
