"""PRC01: a processor without a contract."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Clauses, Party, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC01", on=Party, severity=Severity.ERROR, cites=("GDPR 28(3)", "GDPR 28(4)"))
def processor_contract_missing(party: Party, ctx: Context) -> Iterator[Problem]:
    """A party is a processor, and no contract is recorded that binds it as one."""
    contract = party.contract
    ended = contract.until if known(contract) and contract.until and contract.until <= ctx.day else None
    if (known(contract) and not ended) or not _engaged_by_us(party, ctx) or _bound_by_clauses(ctx):
        return
    if ended:
        yield Problem.on("contract", "until", says="ended", party=ctx.called(), day=ended)
    elif party.contract == "unknown":
        yield Problem.on("contract", says="unknown", severity=Severity.WARNING, party=ctx.called())
    else:
        yield Problem.on("contract", says="missing", party=ctx.called())


def _engaged_by_us(party: Party, ctx: Context) -> bool:
    """Tell whether the contract is ours to have: a processor behind a processor is bound by that one (Art. 28(4))."""
    if party.role == "processor":
        return True
    services = ctx.register.services.values()
    return any(isinstance(one.sub_processors, tuple) and ctx.id in one.sub_processors for one in services)


def _bound_by_clauses(ctx: Context) -> bool:
    """Tell whether transfer clauses bind it that are a processor contract too (Art. 28(7))."""
    transfers = (ctx.register.transfers[one] for one in ctx.graph.transfers_to(ctx.id))
    return any(
        isinstance(one, Clauses) and one.clauses in ctx.law.names("clauses") and _serves_art28(one, ctx)
        for transfer in transfers
        if isinstance(transfer.instruments, tuple)
        for one in transfer.instruments
    )


def _serves_art28(clauses: Clauses, ctx: Context) -> bool:
    return any(
        str(clauses.module) in version.value.covers_art28 for version in ctx.law.clauses(clauses.clauses).versions
    )
