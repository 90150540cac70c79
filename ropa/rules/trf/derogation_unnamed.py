"""TRF26: a transfer rests on a derogation that the record does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail


@rule("TRF26", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(1)",))
def derogation_unnamed(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record does not say which derogation this transfer relies on."""
    answer = best(transfer, ctx)
    if not isinstance(answer.instrument, Derogation):
        return
    if answer.state is State.CONDITIONAL and answer.why == "unnamed":
        yield Problem.on("instruments", answer.at, transfer=ctx.called(), trail=trail(ctx))
