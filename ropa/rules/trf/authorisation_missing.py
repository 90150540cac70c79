"""TRF17: a transfer rests on an authorisation that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.law import State
from ropa.model import Authorisation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground

_SAYS = {State.CONDITION_NOT_MET: "none", State.CONDITIONAL: "unknown", State.NOT_YET: "later"}


@rule("TRF17", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(3)", "GDPR 46(4)"))
def authorisation_missing(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The supervisory authority's authorisation, on which this transfer relies, is missing."""
    answer = ground(ctx, Authorisation)
    if answer is None or answer.state not in _SAYS or not isinstance(answer.instrument, Authorisation):
        return
    given = answer.instrument.given
    yield about(ctx, answer, _SAYS[answer.state], day=given if isinstance(given, date) else ctx.day)
