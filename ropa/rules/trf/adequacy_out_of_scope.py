"""TRF05: a transfer rests on an adequacy decision that does not cover it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF05", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)", "GDPR 45(3)"))
def adequacy_out_of_scope(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision this transfer relies on is about something else, or does not cover the recipient."""
    answer = ground(ctx, Adequacy)
    if answer is None:
        return
    if answer.state is State.OUT_OF_SCOPE:
        yield about(ctx, answer, answer.why)
    elif answer.state is State.CONDITION_NOT_MET and answer.why not in ("listed", "personnel-listed"):
        yield about(ctx, answer, "condition")
