"""Saying what transfers rest on: instruments, what they have come to, and where a transfer stands on a day."""

from __future__ import annotations

from typing import Any, Literal

from ropa.errors import LawError
from ropa.law import Answer
from ropa.law import State as LawState
from ropa.model import (
    Adequacy,
    Authorisation,
    BindingRules,
    Certification,
    Clauses,
    CodeOfConduct,
    Derogation,
    Listing,
    PublicInstrument,
)
from ropa.source.page import translate
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import explained, series

__all__ = ["instrument", "law_name", "rested_on", "standing", "transfer_line"]


def transfer_line(say: Speaker, one: str) -> str:
    """Return a transfer in a line: to whom, where, on what."""
    record = say.register.transfers[one]
    where = ", ".join(say.country(code) for code in say.graph.destinations(record))
    name = say.named("parties", record.to)
    instruments = record.instruments
    if isinstance(instruments, tuple):
        on = series(rested_on(say, one), say.language)
    else:
        on = say.say("no_instrument") if instruments == "none" else say.field(instruments, str).text
    return explained(f"{name} ({where})" if where else name, on, say.language)


def rested_on(say: Speaker, transfer: str) -> list[str]:
    """Return the instruments of a transfer, each with what it has come to if nothing can stand on it any more."""
    answers = say.standings.of(transfer).leg.answers
    return [
        f"{instrument(say, answer.instrument)}{_gone(say, answer)}"
        for answer in answers
        if answer.instrument is not None
    ]


def _gone(say: Speaker, answer: Answer) -> str:
    if answer.ended is not None:
        return f" [{say.say('gone', day=answer.ended.isoformat())}]"
    return f" [{say.say('not_serving')}]" if answer.state.fails else ""


def standing(say: Speaker, transfer: str) -> Value:
    """Return on what a transfer stands on the day asked about, and the one thing to find out."""
    standing = say.standings.of(transfer)
    best = standing.best
    said = [say.code("state", standing.state.value)]
    if standing.state.holds and best.name is not None:
        said.append(translate(best.name, say.language))
    if standing.state is LawState.CONDITIONAL and best.question is not None:
        said.append(translate(best.question, say.language))
    if standing.basis == "fallback":
        said.append(say.say("fallback"))
    return say.lines(said)


def instrument(say: Speaker, one: Any) -> str:
    """Return an instrument, with what was stated of it."""
    extra: list[str] = []
    match one:
        case Adequacy():
            said = say.say("adequacy", name=law_name(say, "adequacy", one.adequacy))
            extra += _listed(say, one.listed)
        case Clauses():
            said = say.say("clauses", name=law_name(say, "clauses", one.clauses))
            extra += [say.say("module", module=say.code("module", str(one.module)))] if one.module else []
            extra.append(say.day("concluded", one.concluded))
        case BindingRules():
            said = say.say("binding_rules", name=say.code("rules", one.binding_rules))
            extra.append(say.proper(one.approval))
        case Authorisation():
            said = say.say("authorisation", name=say.proper(one.authorisation))
            extra.append(say.proper(one.by))
        case CodeOfConduct():
            said = say.say("code", name=say.proper(one.code))
        case Certification():
            said = say.say("certification", name=say.proper(one.certification))
            extra.append(say.proper(one.certificate))
        case PublicInstrument():
            said = say.say("public_instrument", name=say.proper(one.public_instrument))
        case Derogation():
            said = say.say("derogation", name=say.code("derogation", one.derogation))
            extra.append(say.text(one.reason))
            extra += [say.say("safeguards", text=say.text(one.safeguards))] if one.safeguards else []
        case _:
            return ""
    return ", ".join((said, *(part for part in extra if part)))


def _listed(say: Speaker, listed: Any) -> list[str]:
    if isinstance(listed, Listing):
        return [say.day("listed_since", listed.since), say.day("listed_until", listed.until)]
    return [say.say(f"listed_{listed}")] if listed in ("yes", "no") else []


def law_name(say: Speaker, kind: Literal["adequacy", "clauses"], name: str) -> str:
    """Return the name of a decision or of clauses, as the law data give it."""
    if name == "unknown":
        return say.say("unknown")
    try:
        fact = say.law.adequacy(name) if kind == "adequacy" else say.law.clauses(name)
    except LawError:
        return name
    return translate(fact.name, say.language)
