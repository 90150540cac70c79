"""TRF29: a transfer rests on a kind of instrument that the law no longer knows."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import (
    Authorisation,
    BindingRules,
    Certification,
    CodeOfConduct,
    Derogation,
    PublicInstrument,
    Transfer,
)
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground

_KINDS = (Authorisation, BindingRules, Certification, CodeOfConduct, Derogation, PublicInstrument)


@rule("TRF29", on=Transfer, severity=Severity.ERROR, cites=("GDPR 44",))
def instrument_ended(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The kind of instrument that this transfer relies on is no longer there, by the law data or by supposition."""
    answer = ground(ctx, *_KINDS)
    if answer is None or answer.state is not State.ENDED or answer.why != "ended" or answer.ended is None:
        return
    ending = answer.version.ended_by if answer.version is not None else None
    supposed = ending is not None and ending.how == "supposed"
    yield about(ctx, answer, "supposed" if supposed else "ended", day=answer.ended)
