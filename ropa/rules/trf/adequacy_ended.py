"""TRF04: a transfer rests on an adequacy decision that is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail


@rule("TRF04", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)", "GDPR 44", "C-311/18"))
def adequacy_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision this transfer relies on has ended, and no other instrument holds."""
    answer = best(transfer, ctx)
    claim, version = answer.instrument, answer.version
    if answer.state is not State.ENDED or not isinstance(claim, Adequacy) or version is None:
        return
    ended = version.ended_by
    if ended is None or version.end is None:
        return
    yield Problem.on(
        "instruments", answer.at,
        transfer=ctx.called(), decision=ctx.law.adequacy(claim.adequacy).name, day=version.end, act=ended.act,
        trail=trail(ctx),
    )  # fmt: skip
