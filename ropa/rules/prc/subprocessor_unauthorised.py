"""PRC03: sub-processors that the contract does not authorise."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Contract, Party, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC03", on=Party, severity=Severity.ERROR, cites=("GDPR 28(2)", "GDPR 28(4)"))
def subprocessor_unauthorised(party: Party, ctx: Context) -> Iterator[Problem]:
    """A processor engages others, and the contract is not recorded to authorise that."""
    if not isinstance(party.sub_processors, tuple) or not party.sub_processors:
        return
    if not isinstance(party.contract, Contract):
        return
    terms = party.contract.sub_processing
    authorisation = terms.authorisation if known(terms) else terms
    if known(authorisation):
        return
    refused = authorisation == "none"
    yield Problem.on(
        "sub_processors",
        says="refused" if refused else "unset",
        severity=None if refused else Severity.WARNING,
        trail=tuple(("parties", one) for one in party.sub_processors),
        party=ctx.called(),
        number=len(party.sub_processors),
    )
