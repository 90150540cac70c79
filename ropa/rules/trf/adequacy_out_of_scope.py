"""TRF05: a transfer rests on an adequacy decision that does not cover it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail
from ropa.source.page import Fact


@rule("TRF05", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)", "GDPR 45(3)"))
def adequacy_out_of_scope(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision this transfer relies on is about something else, or does not cover the recipient."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not isinstance(claim, Adequacy) or answer.state not in (State.OUT_OF_SCOPE, State.CONDITION_NOT_MET):
        return
    facts: dict[str, Fact] = {"transfer": ctx.called(), "decision": ctx.law.adequacy(claim.adequacy).name}
    if answer.state is State.CONDITION_NOT_MET:
        facts |= {"question": answer.question or answer.why}
    elif answer.why == "other-country":
        facts |= {"countries": ", ".join(ctx.graph.destinations(transfer))}
    says = "condition" if answer.state is State.CONDITION_NOT_MET else answer.why
    yield Problem(("instruments", answer.at), facts, says, trail=trail(ctx))
