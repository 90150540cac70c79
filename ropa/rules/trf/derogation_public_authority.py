"""TRF20: a derogation that is closed to public authorities."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF20", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(3)",))
def derogation_public_authority(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A public authority relies on a derogation that Art. 49(3) closes to the exercise of its public powers."""
    answer = ground(ctx, Derogation)
    if answer is None or answer.why != "public-powers":
        return
    unknown = answer.state is State.CONDITIONAL
    yield about(ctx, answer, "unstated" if unknown else "powers", Severity.WARNING if unknown else None)
