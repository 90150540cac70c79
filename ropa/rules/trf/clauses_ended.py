"""TRF10: a transfer rests on clauses that cannot be relied on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import Answer, State
from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF10", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(1)", "GDPR 46(2)(c)"))
def clauses_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses this transfer relies on have ended, or did not bind yet."""
    answer = ground(ctx, Clauses)
    if answer is None:
        return
    if answer.version is not None and answer.version.ended_by is not None and answer.version.ended_by.how == "supposed":
        if answer.state is State.ENDED:
            yield about(ctx, answer, "supposed", day=_turn(answer, ctx.day))
        return
    if answer.state in (State.ENDED, State.NOT_YET):
        claim = answer.instrument
        concluded = claim.concluded if isinstance(claim, Clauses) and isinstance(claim.concluded, date) else ctx.day
        yield about(ctx, answer, answer.why, day=_turn(answer, ctx.day), concluded=concluded)
    elif answer.why == "unchanged-processing" and answer.state is State.CONDITIONAL:
        yield about(ctx, answer, "unchanged-unknown", Severity.WARNING, day=_turn(answer, ctx.day))


def _turn(answer: Answer, day: date) -> date:
    """Return the day on which the clauses began or ended, for the reason that the answer gives."""
    version = answer.version
    if version is None:
        return day
    if answer.why == "relied-on":
        return version.value.relied_on_until or day
    return version.start if answer.why in ("not-yet", "too-early") else version.end or day
