"""Rules of the family TRF: transfers to third countries (Art. 44–49).

Of the rules on what a transfer rests on, one at the most speaks for each transfer: each takes the
answer for its best instrument, and each kind of instrument and reason belongs to one rule.
"""

from __future__ import annotations

from datetime import date

from ropa.law import Answer, Standing
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

__all__ = [
    "ELSEWHERE",
    "LAST_RESORT",
    "about",
    "assessed",
    "carrying",
    "ground",
    "must_be_assessed",
    "standing",
    "trail",
]

_SAFEGUARDS = (Clauses, BindingRules, CodeOfConduct, Certification, Authorisation, PublicInstrument)


LAST_RESORT = "49(1) second subparagraph"
"""The derogation of compelling legitimate interests, with duties of its own (TRF21)."""

ELSEWHERE = ("assessment", "law-enforcement")
"""Reasons that are no matter of the instrument itself; TRF14 and TRF30 speak of them."""


def standing(ctx: Context) -> Standing:
    """Return on what the transfer looked at stands on the day asked about."""
    return ctx.standings.of(ctx.id)


def carrying(ctx: Context, *kinds: type[Instrument]) -> list[Answer]:
    """Return the answers on which the legs of the transfer looked at stand, each once, of some kinds of instrument.

    A transfer to two countries can stand on two instruments, and each asks for what goes with it.
    """
    found: dict[int, Answer] = {}
    for leg in standing(ctx).legs:
        if isinstance(leg.best.instrument, kinds):
            found.setdefault(leg.best.at, leg.best)
    return list(found.values())


def ground(ctx: Context, *kinds: type[Instrument]) -> Answer | None:
    """Return the answer on which the transfer looked at stands or falls, if its instrument is of a kind.

    None where the matter is not the instrument's own: the assessment, or law enforcement.
    """
    answer = standing(ctx).best
    return answer if isinstance(answer.instrument, kinds) and answer.why not in ELSEWHERE else None


def about(
    ctx: Context, answer: Answer, says: str, severity: Severity | None = None, *at: str | int, **facts: Fact
) -> Problem:
    """Make the problem that an answer is, at its instrument, with what every template may speak of."""
    where = standing(ctx).leg.country
    countries = where or ", ".join(ctx.graph.destinations(ctx.register.transfers[ctx.id]))
    known: dict[str, Fact] = {
        "transfer": ctx.called(),
        "question": answer.question or answer.why,
        "countries": countries,
    }
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
    safeguards = [one for one in carrying(ctx, *_SAFEGUARDS) if not one.state.fails]
    if all(_back_to_its_controller(one.instrument) for one in safeguards):
        return False
    return ctx.law.duty("transfer-assessment").on(ctx.day) is not None


def _back_to_its_controller(claim: Instrument | None) -> bool:
    return isinstance(claim, Clauses) and claim.module == 4


def assessed(transfer: Transfer, day: date) -> TransferAssessment | None:
    """Return the assessment that the record shows by a day: one that is dated, or says what it found or where it is."""
    assessment = transfer.assessment
    made = isinstance(assessment, TransferAssessment) and assessment.made_by(day)
    return assessment if made and isinstance(assessment, TransferAssessment) else None
