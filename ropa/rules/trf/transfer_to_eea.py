"""TRF24: a transfer to a country where data flow freely, or to nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import standing, trail


@rule("TRF24", on=Transfer, severity=Severity.INFO, cites=("GDPR 1(3)", "GDPR 44"))
def transfer_to_eea(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """What is recorded as a transfer needs no ground of Chapter V: it stays inside, or within the organisation."""
    if standing(ctx).state is not State.NOT_A_TRANSFER:
        return
    importer = ctx.register.parties.get(transfer.to)
    if importer is not None and importer.role == "internal":
        yield Problem.on("to", says="internal", transfer=ctx.called(), party=ctx.called(("parties", transfer.to)))
    elif importer is None or importer.processes_in != "unknown":
        countries = ", ".join(ctx.graph.destinations(transfer))
        yield Problem.on("to", says="inside", transfer=ctx.called(), countries=countries, trail=trail(ctx))
