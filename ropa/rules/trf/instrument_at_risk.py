"""TRF09: what a transfer rests on may not last, and the record names no fallback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ropa.law import Answer
from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, standing

_SOON = timedelta(days=366)


@rule("TRF09", on=Transfer, severity=Severity.INFO, cites=("GDPR 44", "GDPR 5(2)"))
def instrument_at_risk(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The instrument is challenged or ends within a year, and no other one would hold."""
    said: set[int] = set()
    for leg in standing(ctx).legs:
        answer = leg.best
        if answer.at in said or not answer.state.holds or sum(one.state.holds for one in leg.answers) > 1:
            continue
        said.add(answer.at)
        end = _known_end(answer)
        if end is not None and end <= ctx.day + _SOON:
            yield about(ctx, answer, "expires", day=end)
        elif pending := _pending(answer, ctx):
            yield about(ctx, answer, "pending", what=pending)


def _known_end(answer: Answer) -> date | None:
    """Return the day that the law itself sets to an instrument: a sunset, or the end of reliance on older clauses."""
    version = answer.version
    if version is None:
        return None
    relied_on_until: date | None = getattr(version.value, "relied_on_until", None)
    sunset = version.end if version.ended_by is not None and version.ended_by.how == "expired" else None
    return relied_on_until or sunset


def _pending(answer: Answer, ctx: Context) -> str:
    """Return the acts of the proceedings against an instrument that were pending on the day asked about."""
    proceedings = answer.fact.pending if answer.fact is not None else ()
    return ", ".join(
        one.source.act for one in proceedings if one.threatens and (one.since is None or one.since <= ctx.day)
    )
