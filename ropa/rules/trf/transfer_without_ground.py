"""TRF01: a transfer names no instrument."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Transfer, stated_none
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail


@rule("TRF01", on=Transfer, severity=Severity.ERROR, cites=("GDPR 44", "GDPR 46(1)"))
def transfer_without_ground(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record of this transfer names nothing that it rests on."""
    answer = best(transfer, ctx)
    if answer.state is not State.NONE or answer.instrument is not None:
        return
    says = "none" if stated_none(transfer.instruments) else "unstated"
    yield Problem.on("instruments", says=says, transfer=ctx.called(), trail=trail(ctx))
