"""TRF12: a transfer rests on safeguards, and the law of the third country was not assessed."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Authorisation, BindingRules, Certification, Clauses, CodeOfConduct, Transfer, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail

_SAFEGUARDS = (Clauses, BindingRules, CodeOfConduct, Certification, Authorisation)


@rule("TRF12", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(1)", "C-311/18"))
def assessment_missing(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The record shows no assessment of the third country's law for this transfer."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not (answer.state.holds or answer.state is State.CONDITIONAL) or not isinstance(claim, _SAFEGUARDS):
        return
    if ctx.law.duty("transfer-assessment").on(ctx.day) is None:
        return  # nobody had to assess before the Court said so
    if known(transfer.assessment) or (isinstance(claim, Clauses) and claim.module == 4):
        return
    says = "none" if transfer.assessment == "none" else "unstated"
    severity = Severity.ERROR if says == "none" else Severity.WARNING
    yield Problem.on("instruments", answer.at, says=says, severity=severity, transfer=ctx.called(), trail=trail(ctx))
