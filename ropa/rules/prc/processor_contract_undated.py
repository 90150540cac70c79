"""PRC08: a processor contract without a day."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party, known
from ropa.rules.prc import binding
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC08", on=Party, severity=Severity.WARNING, cites=("GDPR 28(9)", "GDPR 5(2)"))
def processor_contract_undated(party: Party, ctx: Context) -> Iterator[Problem]:
    """The contract with a processor is recorded without the day on which it was concluded."""
    contract = binding(party, ctx.day)
    if contract is not None and not known(contract.signed):
        yield Problem.on("contract", "signed", party=ctx.called())
