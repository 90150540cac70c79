"""TRF07: a transfer rests on a decision with a list, and the recipient is not on it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Listing, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF07", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)",))
def recipient_not_listed(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision covers listed recipients, and the record says that this one is not listed for these data."""
    answer = ground(ctx, Adequacy)
    if answer is None or answer.state is not State.CONDITION_NOT_MET or not isinstance(answer.instrument, Adequacy):
        return
    if answer.why == "personnel-listed":
        yield about(ctx, answer, "personnel", None, "listed", "hr_data")
    elif answer.why == "listed" and isinstance(answer.instrument.listed, Listing):
        yield about(ctx, answer, "not-then", None, "listed", day=ctx.day)
    elif answer.why == "listed":
        yield about(ctx, answer, "not-listed", None, "listed")
