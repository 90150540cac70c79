"""LB09: a contract with somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ContractBasis
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("LB09", on=ContractBasis, severity=Severity.ERROR, cites=("GDPR 6(1)(b)",), unless=for_law_enforcement)
def contract_without_party(basis: ContractBasis, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on a contract to which the data subjects, by the record, are no party."""
    if "yes" in (basis.data_subject_is_party, basis.at_request):
        return
    if basis.data_subject_is_party == "no" and basis.at_request != "unknown":
        yield Problem.on("data_subject_is_party", says="no-party", purpose=ctx.called())
    elif (basis.data_subject_is_party, basis.at_request) != (None, None):
        at = "at_request" if basis.data_subject_is_party in (None, "no") else "data_subject_is_party"
        yield Problem.on(at, says="unsettled", severity=Severity.WARNING, purpose=ctx.called())
