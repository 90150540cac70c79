"""TRF13: a third country's law was assessed before something happened there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import assessed, must_be_assessed, standing, trail


@rule("TRF13", on=Transfer, severity=Severity.INFO, cites=("GDPR 46(1)", "EDPB Recommendations 01/2020"))
def assessment_outdated(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The assessment of the third country's law is older than an event that may change its result."""
    assessment = assessed(transfer, ctx.day)
    if not must_be_assessed(transfer, ctx) or assessment is None or not isinstance(assessment.done, date):
        return
    events = [one for leg in standing(ctx).legs for one in ctx.law.events(leg.country, ctx.day)]
    latest = max(events, key=lambda one: one.day, default=None)
    if latest is not None and latest.day > assessment.done:
        yield Problem.on(
            "assessment", "done",
            transfer=ctx.called(), done=assessment.done, day=latest.day, event=latest.name, trail=trail(ctx),
        )  # fmt: skip
