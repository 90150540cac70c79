"""TRF04: a transfer rests on an adequacy decision that is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF04", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)", "GDPR 44"))
def adequacy_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision this transfer relies on has ended, and no other instrument holds."""
    answer = ground(ctx, Adequacy)
    if answer is None or answer.version is None or answer.version.ended_by is None or answer.version.end is None:
        return
    act = answer.version.ended_by.act
    match answer.state:
        case State.ENDED if answer.version.ended_by.how == "supposed":
            yield about(ctx, answer, "supposed", day=answer.version.end)
        case State.ENDED:
            yield replace(about(ctx, answer, "ended", day=answer.version.end, act=act), cites=(act,))
        case State.COVERED_LATER_INVALIDATED:
            severity = Severity.INFO
            yield replace(about(ctx, answer, "later", severity, day=answer.version.end, act=act), cites=(act,))
        case _:
            return
