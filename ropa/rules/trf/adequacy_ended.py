"""TRF04: a transfer rests on an adequacy decision that is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State, standing
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("TRF04", on=Transfer, severity=Severity.ERROR, cites=("GDPR 45(1)", "GDPR 44", "C-311/18"))
def adequacy_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The decision this transfer relies on has ended, and no other instrument holds."""
    best = standing(ctx.law, transfer, ctx.graph.destinations(transfer), ctx.day, ctx.graph.roles(transfer)).best
    if best.state is not State.ENDED or not isinstance(best.instrument, Adequacy) or best.version is None:
        return
    ended = best.version.ended_by
    if ended is None or best.version.end is None:
        return
    yield Problem.on(
        "instruments", best.at,
        transfer=ctx.called(), decision=ctx.law.adequacy(best.instrument.adequacy).name, day=best.version.end, act=ended.act,
        trail=tuple(("activities", one) for one in ctx.graph.activities_of(ctx.id)),
    )  # fmt: skip
