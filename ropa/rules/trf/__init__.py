"""Rules of the family TRF: transfers to third countries (Art. 44–49).

Of the rules on what a transfer rests on, one at the most speaks for each transfer: each takes the
answer for its best instrument, and each kind of instrument and reason belongs to one rule.
"""

from __future__ import annotations

from datetime import date

from ropa.law import Answer, Standing, State
from ropa.model import (
    Authorisation,
    BindingRules,
    Certification,
    Clauses,
    CodeOfConduct,
    Instrument,
    PublicInstrument,
    Transfer,
    TransferAssessment,
)
from ropa.rules.rule import Context, Problem, Severity
from ropa.source import Fact, Path

__all__ = ["about", "assessed", "ground", "must_be_assessed", "standing", "trail"]

_SAFEGUARDS = (Clauses, BindingRules, CodeOfConduct, Certification, Authorisation, PublicInstrument)


def standing(ctx: Context) -> Standing:
    """Return on what the transfer looked at stands on the day asked about."""
    return ctx.standings.of(ctx.id)


def ground(ctx: Context, *kinds: type[Instrument]) -> Answer | None:
    """Return the answer on which the transfer looked at stands or falls, if its instrument is of a kind."""
    answer = standing(ctx).best
    return answer if isinstance(answer.instrument, kinds) else None


def about(
    ctx: Context, answer: Answer, says: str, severity: Severity | None = None, *at: str | int, **facts: Fact
) -> Problem:
    """Make the problem that an answer is, at its instrument, with what every template may speak of."""
    known: dict[str, Fact] = {"transfer": ctx.called(), "question": answer.question or answer.why}
    if answer.name is not None:
        known["instrument"] = answer.name
    return Problem(("instruments", answer.at, *at), {**known, **facts}, says, severity, trail(ctx))


def trail(ctx: Context) -> tuple[Path, ...]:
    """Return the way of the data to the importer: an activity, and each party from there on."""
    return ctx.graph.chain_of(ctx.id)


def must_be_assessed(transfer: Transfer, ctx: Context) -> bool:
    """Tell whether the transfer rests on a safeguard of Art. 46 at a time when an assessment was asked for.

    Module 4 of the clauses of 2021 is left alone: there a processor sends data back to its own controller.
    """
    answer = ground(ctx, *_SAFEGUARDS)
    if answer is None or answer.state.fails or answer.state is State.UNCERTAIN_WINDOW:
        return False
    claim = answer.instrument
    if isinstance(claim, Clauses) and claim.module == 4:
        return False
    return ctx.law.duty("transfer-assessment").on(ctx.day) is not None


def assessed(transfer: Transfer, day: date) -> TransferAssessment | None:
    """Return the assessment that the record shows by a day: one that is dated, or says what it found or where it is."""
    assessment = transfer.assessment
    made = isinstance(assessment, TransferAssessment) and assessment.made_by(day)
    return assessment if made and isinstance(assessment, TransferAssessment) else None
