"""TRF21: compelling legitimate interests, without the duties that go with them."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Derogation, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import LAST_RESORT, about, ground

_DUTIES = ("controller", "reason", "authority-informed", "informed", "safeguards")


@rule("TRF21", on=Transfer, severity=Severity.ERROR, cites=("GDPR 49(1)", "GDPR 49(6)", "GDPR 30(1)(e)"))
def compelling_interest_duties(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A transfer rests on compelling legitimate interests, and a duty that goes with that is not recorded as met."""
    answer = ground(ctx, Derogation)
    if answer is None or answer.why not in _DUTIES or not isinstance(answer.instrument, Derogation):
        return
    if answer.instrument.derogation == LAST_RESORT:
        yield about(ctx, answer, "open" if answer.state is State.CONDITIONAL else "refused")
