"""TRF26: a transfer rests on a derogation that the record does not name."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF26", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(1)",))
def derogation_unnamed(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record does not say which derogation this transfer relies on."""
    answer = ground(ctx, Derogation)
    if answer is not None and answer.state is State.CONDITIONAL and answer.why == "unnamed":
        yield about(ctx, answer, "unnamed")
