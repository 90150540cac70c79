"""TRF10: a transfer rests on clauses that cannot be relied on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import State
from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail
from ropa.source.page import Fact


@rule("TRF10", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(1)", "GDPR 46(2)(c)"))
def clauses_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses this transfer relies on have ended, or did not bind yet."""
    answer = best(transfer, ctx)
    claim, version = answer.instrument, answer.version
    if not isinstance(claim, Clauses) or version is None or answer.state not in (State.ENDED, State.NOT_YET):
        return
    facts: dict[str, Fact] = {"transfer": ctx.called(), "clauses": ctx.law.clauses(claim.clauses).name}
    says, day = answer.why or "not-yet", version.start
    if says == "relied-on":
        day = version.value.relied_on_until or day
    elif answer.state is State.ENDED:
        day = version.end or day
    elif isinstance(claim.concluded, date) and claim.concluded > ctx.day:
        says, day = "later", claim.concluded
    elif says == "concluded":
        says = "too-early"
    if says in ("concluded", "too-early") and isinstance(claim.concluded, date):
        facts["concluded"] = claim.concluded
    yield Problem(("instruments", answer.at), {**facts, "day": day}, says, trail=trail(ctx))
