"""TRF24: a transfer to a country where data flow freely."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import standing, trail


@rule("TRF24", on=Transfer, severity=Severity.INFO, cites=("GDPR 1(3)", "GDPR 44"))
def transfer_to_eea(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """What is recorded as a transfer stays where data flow freely, so that it needs no ground of Chapter V."""
    if standing(ctx).state is State.NOT_A_TRANSFER:
        countries = ", ".join(ctx.graph.destinations(transfer))
        yield Problem.on("to", transfer=ctx.called(), countries=countries, trail=trail(ctx))
