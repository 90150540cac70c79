"""TRF22: the derogations of public interest and of public registers, beyond their limits."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF22", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(2)", "GDPR 49(4)"))
def derogation_limits(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """No law recognises the public interest that is relied on, or a whole register is transferred."""
    answer = ground(ctx, Derogation)
    if answer is None:
        return
    if answer.why == "provision":
        yield about(ctx, answer, "provision")
    elif answer.why == "whole-register":
        unknown = answer.state is State.CONDITIONAL
        says = "register-unstated" if unknown else "whole-register"
        yield about(ctx, answer, says, Severity.WARNING if unknown else None)
