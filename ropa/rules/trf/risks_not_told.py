"""TRF28: consent to a transfer, given without knowing its risks."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF28", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(1)(a)",))
def risks_not_told(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A transfer rests on explicit consent, and people are not recorded to have been told of its risks before."""
    answer = ground(ctx, Derogation)
    if answer is None or answer.why != "informed" or not isinstance(answer.instrument, Derogation):
        return
    if answer.instrument.derogation == "49(1)(a)":
        unknown = answer.state is State.CONDITIONAL
        yield about(ctx, answer, "unstated" if unknown else "not-told", Severity.WARNING if unknown else None)
