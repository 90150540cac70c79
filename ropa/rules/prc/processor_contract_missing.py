"""PRC01: a processor without a contract."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Clauses, Party, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC01", on=Party, severity=Severity.ERROR, cites=("GDPR 28(3)", "GDPR 28(4)"))
def processor_contract_missing(party: Party, ctx: Context) -> Iterator[Problem]:
    """A party is a processor, and no contract is recorded that binds it as one."""
    if party.role not in ("processor", "sub-processor") or known(party.contract):
        return
    if (party.until is not None and party.until <= ctx.day) or _bound_by_clauses(ctx):
        return
    if party.contract == "unknown":
        yield Problem.on("contract", says="unknown", severity=Severity.WARNING, party=ctx.called())
    else:
        yield Problem.on("contract", says="missing", party=ctx.called())


def _bound_by_clauses(ctx: Context) -> bool:
    """Tell whether transfer clauses bind it that are a processor contract too: the 2021 set, module 2 or 3."""
    transfers = (ctx.register.transfers[one] for one in ctx.graph.transfers_to(ctx.id))
    return any(
        isinstance(one, Clauses) and one.clauses == "eu-2021-914" and one.module in (2, 3)
        for transfer in transfers
        if isinstance(transfer.instruments, tuple)
        for one in transfer.instruments
    )
