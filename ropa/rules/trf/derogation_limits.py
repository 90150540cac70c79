"""TRF22: a derogation without what makes it one: its necessity, its law, its limit."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import LAST_RESORT, about, ground


@rule("TRF22", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(2)", "GDPR 49(4)"))
def derogation_limits(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Why the derogation is needed is not said, no law recognises its public interest, or a whole register goes."""
    answer = ground(ctx, Derogation)
    if answer is None:
        return
    claim = answer.instrument
    if answer.why == "reason" and isinstance(claim, Derogation) and claim.derogation != LAST_RESORT:
        yield about(ctx, answer, "reason", Severity.WARNING)
    elif answer.why == "provision":
        yield about(ctx, answer, "provision")
    elif answer.why == "whole-register":
        unknown = answer.state is State.CONDITIONAL
        says = "register-unstated" if unknown else "whole-register"
        yield about(ctx, answer, says, Severity.WARNING if unknown else None)
