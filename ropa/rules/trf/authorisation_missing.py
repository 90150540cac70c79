"""TRF17: a transfer rests on an authorisation that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import State
from ropa.model import Authorisation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail
from ropa.source.page import Fact

_SAYS = {State.CONDITION_NOT_MET: "none", State.CONDITIONAL: "unknown", State.NOT_YET: "later"}


@rule("TRF17", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(3)",))
def authorisation_missing(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The supervisory authority's authorisation, on which this transfer relies, is missing."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not isinstance(claim, Authorisation) or answer.state not in _SAYS:
        return
    facts: dict[str, Fact] = {"transfer": ctx.called()}
    if isinstance(claim.given, date) and answer.state is State.NOT_YET:
        facts["day"] = claim.given
    yield Problem(("instruments", answer.at), facts, _SAYS[answer.state], trail=trail(ctx))
