"""TRF01: a transfer names no instrument."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Transfer, stated_none
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import standing, trail


@rule("TRF01", on=Transfer, severity=Severity.ERROR, cites=("GDPR 44", "GDPR 46(1)"))
def transfer_without_ground(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record of this transfer names nothing that it rests on."""
    leg = standing(ctx).leg
    if leg.best.state is not State.NONE or leg.best.instrument is not None:
        return
    says = "none" if stated_none(transfer.instruments) else "unstated"
    decisions = ctx.law.adequacy_for(leg.country, ctx.day) if leg.country else {}
    for name, fact in decisions.items():  # a country has at most one in force
        yield Problem.on(
            "instruments", says="decision", transfer=ctx.called(), decision=fact.name, name=name, trail=trail(ctx)
        )
        return
    yield Problem.on("instruments", says=says, transfer=ctx.called(), trail=trail(ctx))
