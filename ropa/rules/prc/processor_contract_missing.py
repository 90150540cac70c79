"""PRC01: a processor without a contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Clauses, Party, in_place, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC01", on=Party, severity=Severity.ERROR, cites=("GDPR 28(3)", "GDPR 28(4)"))
def processor_contract_missing(party: Party, ctx: Context) -> Iterator[Problem]:
    """A party is a processor, and no contract is recorded that binds it as one on the day asked about."""
    if not _engaged_by_us(party, ctx) or _bound_by_clauses(ctx):
        return
    contract = party.contract
    if contract == "unknown":
        yield Problem.on("contract", says="unknown", severity=Severity.WARNING, party=ctx.called())
    elif not known(contract):
        yield Problem.on("contract", says="missing", party=ctx.called())
    elif contract.until is not None and contract.until <= ctx.day:
        yield Problem.on("contract", "until", says="ended", party=ctx.called(), day=contract.until)
    elif isinstance(contract.signed, date) and contract.signed > ctx.day:
        yield Problem.on("contract", "signed", says="later", party=ctx.called(), day=contract.signed)


def _engaged_by_us(party: Party, ctx: Context) -> bool:
    """Tell whether the contract is ours to have: a processor behind a processor is bound by that one (Art. 28(4))."""
    if party.role == "processor":
        return True
    services = ctx.register.services.values()
    return any(isinstance(one.sub_processors, tuple) and ctx.id in one.sub_processors for one in services)


def _bound_by_clauses(ctx: Context) -> bool:
    """Tell whether transfer clauses bind it that are a processor contract too (Art. 28(7))."""
    return any(
        isinstance(answer.instrument, Clauses)
        and answer.state.holds
        and answer.version is not None
        and str(answer.instrument.module) in answer.version.value.covers_art28
        for transfer in ctx.graph.transfers_to(ctx.id)
        if in_place(ctx.register.transfers[transfer], ctx.day) and None in ctx.graph.exporters_of(transfer)
        for leg in ctx.standings.of(transfer).legs
        for answer in leg.answers
    )
