"""TRF09: what a transfer rests on may not last, and the record names no fallback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ropa.law import Answer
from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, standing

_SOON = timedelta(days=366)


@rule("TRF09", on=Transfer, severity=Severity.INFO, cites=("GDPR 44", "GDPR 5(2)"))
def instrument_at_risk(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The instrument is challenged or expires within a year, and no other one would hold."""
    leg = standing(ctx).leg
    answer = leg.best
    if not answer.state.holds or sum(one.state.holds for one in leg.answers) > 1:
        return
    if answer.version is not None and answer.version.end is not None and answer.version.ended_by is not None:
        if answer.version.ended_by.how == "expired" and answer.version.end <= ctx.day + _SOON:
            yield about(ctx, answer, "expires", day=answer.version.end)
    elif pending := _pending(answer, ctx):
        yield about(ctx, answer, "pending", what=pending)


def _pending(answer: Answer, ctx: Context) -> str:
    """Return the acts of the proceedings that were pending on the day asked about."""
    proceedings = answer.fact.pending if answer.fact is not None else ()
    return ", ".join(one.source.act for one in proceedings if one.since is None or one.since <= ctx.day)
