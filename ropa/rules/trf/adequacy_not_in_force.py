"""TRF03: a transfer rests on an adequacy decision that does not exist on that day."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail
from ropa.source.page import Fact


@rule("TRF03", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)",))
def adequacy_not_in_force(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """No adequacy decision of the name that this transfer relies on is in force yet."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not isinstance(claim, Adequacy) or answer.state not in (State.NONE, State.NOT_YET):
        return
    facts: dict[str, Fact] = {"transfer": ctx.called(), "decision": claim.adequacy}
    if answer.version is not None:
        facts |= {"decision": ctx.law.adequacy(claim.adequacy).name, "day": answer.version.start}
    yield Problem(("instruments", answer.at), facts, answer.why or "not-yet", trail=trail(ctx))
