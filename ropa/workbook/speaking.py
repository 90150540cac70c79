"""Saying a register's facts in a language: texts, days, periods, countries, instruments, gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ropa.errors import LawError
from ropa.graph import Graph
from ropa.law import Answer
from ropa.law import State as LawState
from ropa.model import (
    Adequacy,
    Authorisation,
    BindingRules,
    Certification,
    Clauses,
    CodeOfConduct,
    Contact,
    Derogation,
    Listing,
    PublicInstrument,
    Register,
    in_place,
)
from ropa.source.page import translate
from ropa.standing import Standings
from ropa.workbook.words import phrase, word

if TYPE_CHECKING:
    from ropa.law import Law

__all__ = ["Speaker", "State", "Value"]

State = Literal["stated", "missing", "unknown", "none", "where-applicable", "error", "warning", "info"]

_PART = re.compile(r"([0-9]+)([YMWDH])")


@dataclass(frozen=True)
class Value:
    """What a cell says, and whether the register states it."""

    text: str
    state: State = "stated"


@dataclass(frozen=True)
class Speaker:
    """Says what a register states, in a language; in the register's own where a text lacks it."""

    standings: Standings
    language: str

    @property
    def graph(self) -> Graph:
        """The register as a graph."""
        return self.standings.graph

    @property
    def law(self) -> Law:
        """The law asked."""
        return self.standings.law

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.standings.day

    @property
    def register(self) -> Register:
        """The register."""
        return self.graph.register

    @cached_property
    def everywhere(self) -> tuple[str, ...]:
        """The measures that apply to every activity and service on the day asked about."""
        return tuple(
            one
            for one, measure in self.register.measures.items()
            if measure.everywhere == "yes" and (measure.until is None or measure.until > self.on)
        )

    @cached_property
    def _countries(self) -> dict[str, str]:
        from babel import Locale, UnknownLocaleError

        try:
            territories = Locale.parse(self.language).territories
        except (UnknownLocaleError, ValueError):
            territories = Locale.parse("en").territories
        return dict(territories.items())

    def say(self, key: str, **facts: object) -> str:
        """Return a phrase of the workbook."""
        return phrase(key, self.language, **facts)

    def code(self, kind: str, code: str) -> str:
        """Return the label of a code; `unknown` and `none` have theirs everywhere."""
        return self.say(code) if code in ("unknown", "none") else word(kind, code, self.language)

    def text(self, words: Any) -> str:
        """Return a text; nothing where there is none."""
        if words is None:
            return ""
        if words in ("unknown", "none"):
            return self.say(words)
        return translate(words, self.language, self.register.language)

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return self.code("fact", code) if code == "unknown" else self._countries.get(code, code)

    def period(self, period: str) -> str:
        """Return an ISO 8601 duration in words: `P1Y6M` is one year and six months."""
        parts = ((int(number), unit) for number, unit in _PART.findall(period))
        said = (f"{number} {word('unit' if number == 1 else 'units', unit, self.language)}" for number, unit in parts)
        return " ".join(said) or self.code("fact", period)

    def day(self, key: str, day: Any) -> str:
        """Return a phrase about a day; nothing where it is not stated."""
        if day is None:
            return ""
        return self.say(key, day=self.say("unknown") if day == "unknown" else day.isoformat())

    def dates(self, record: Any) -> Value:
        """Return since when, until when, and when it was last reviewed."""
        keys = ("since", "until", "reviewed")
        said = [self.day(key, getattr(record, key, None)) for key in keys]
        if not in_place(record, self.on):
            said.append(self.say("not_begun" if record.since is not None and record.since > self.on else "over"))
        return self.lines(said)

    def field(self, value: Any, each: Callable[[Any], str]) -> Value:
        """Return a field's value, one line for each of several; or the word for what it does not state."""
        if value is None:
            return self.missing
        if value == "unknown":
            return Value(self.say("unknown"), "unknown")
        if value in ("none", ()):
            return Value(self.say("none"), "none")
        return self.lines(each(one) for one in (value if isinstance(value, (tuple, list)) else (value,)))

    @cached_property
    def missing(self) -> Value:
        """What is not recorded."""
        return Value(self.say("missing"), "missing")

    def lines(self, said: Iterable[str]) -> Value:
        """Return several things as one cell: bullets, if they are more than one."""
        kept = [one for one in said if one]
        if not kept:
            return self.missing
        return Value(kept[0] if len(kept) == 1 else "\n".join(f"•\u00a0{one}" for one in kept))

    def name(self, section: str) -> Callable[[str], str]:
        """Return what says the name of a record of a section."""
        return lambda one: self.named(section, one)

    def named(self, section: str, one: str) -> str:
        """Return the name of a record; what it does, where its name is not known."""
        said = self._named.get((section, one))
        if said is None:
            said = self._named[section, one] = self._name(section, one)
        return said

    @cached_property
    def _named(self) -> dict[tuple[str, str], str]:
        return {}

    def _name(self, section: str, one: str) -> str:
        record = getattr(self.register, section).get(one)
        if record is None:
            return self.say("unknown") if one == "unknown" else one
        if section == "transfers" and record.name is None:
            return self.named("parties", record.to)
        if record.name != "unknown":
            return self.text(record.name)
        what = self.text(getattr(record, "description", None))
        return f"{what} ({self.say('no_name')})" if what else self.say("no_name")

    def party(self, one: str) -> str:
        """Return a party with its role."""
        record = self.register.parties.get(one)
        role = record.role if record else None
        name = self.named("parties", one)
        return f"{name}, {self.code('role', role)}" if role and role != "unknown" else name

    def contact(self, contact: Any) -> str:
        """Return contact details on one line."""
        if not isinstance(contact, Contact):
            return ""
        parts = (self.text(contact.address), contact.email, contact.phone, contact.website)
        return ", ".join(part for part in parts if part)

    def data(self, one: str) -> str:
        """Return a category of data, with what makes it special."""
        record = self.register.data.get(one)
        marks: list[str] = []
        if record and isinstance(record.special, tuple) and record.special:
            marks.append(self.say("special", kinds=", ".join(self.code("special", kind) for kind in record.special)))
        if record and record.criminal == "yes":
            marks.append(self.say("criminal"))
        if record and record.numbered:
            marks.append(self.say("national_number"))
        name = self.named("data", one)
        return f"{name} ({'; '.join(marks)})" if marks else name

    def transfer(self, one: str) -> str:
        """Return a transfer in a line: to whom, where, on what."""
        record = self.register.transfers[one]
        where = ", ".join(self.country(code) for code in self.graph.destinations(record))
        name = self.named("parties", record.to)
        instruments = record.instruments
        if isinstance(instruments, tuple):
            on = "; ".join(self.rested_on(one))
        else:
            on = self.say("no_instrument") if instruments == "none" else self.field(instruments, str).text
        return f"{name}{f' ({where})' if where else ''}: {on}"

    def rested_on(self, transfer: str) -> list[str]:
        """Return the instruments of a transfer, each with what it has come to if nothing can stand on it any more."""
        answers = self.standings.of(transfer).leg.answers
        return [
            f"{self.instrument(answer.instrument)}{self._gone(answer)}"
            for answer in answers
            if answer.instrument is not None
        ]

    def _gone(self, answer: Answer) -> str:
        if answer.ended is not None:
            return f" [{self.say('gone', day=answer.ended.isoformat())}]"
        return f" [{self.say('not_serving')}]" if answer.state.fails else ""

    def standing(self, transfer: str) -> Value:
        """Return on what a transfer stands on the day asked about, and the one thing to find out."""
        standing = self.standings.of(transfer)
        best = standing.best
        said = [self.code("state", standing.state.value)]
        if standing.state.holds and best.name is not None:
            said.append(translate(best.name, self.language))
        if standing.state is LawState.CONDITIONAL and best.question is not None:
            said.append(translate(best.question, self.language))
        if standing.basis == "fallback":
            said.append(self.say("fallback"))
        return self.lines(said)

    def instrument(self, one: Any) -> str:
        """Return an instrument, with what was stated of it."""
        extra: list[str] = []
        match one:
            case Adequacy():
                said = self.say("adequacy", name=self._law("adequacy", one.adequacy))
                extra += self._listed(one.listed)
            case Clauses():
                said = self.say("clauses", name=self._law("clauses", one.clauses))
                extra += [self.say("module", module=self.text(str(one.module)))] if one.module else []
                extra.append(self.day("concluded", one.concluded))
            case BindingRules():
                said = self.say("binding_rules", name=self.code("rules", one.binding_rules))
                extra.append(self.text(one.approval))
            case Authorisation():
                said = self.say("authorisation", name=self.text(one.authorisation))
                extra.append(self.text(one.by))
            case CodeOfConduct():
                said = self.say("code", name=self.text(one.code))
            case Certification():
                said = self.say("certification", name=self.text(one.certification))
                extra.append(self.text(one.certificate))
            case PublicInstrument():
                said = self.say("public_instrument", name=self.text(one.public_instrument))
            case Derogation():
                said = self.say("derogation", name=self.code("derogation", one.derogation))
                extra.append(self.text(one.reason))
                extra += [self.say("safeguards", text=self.text(one.safeguards))] if one.safeguards else []
            case _:
                return ""
        return ", ".join((said, *(part for part in extra if part)))

    def _listed(self, listed: Any) -> list[str]:
        if isinstance(listed, Listing):
            return [self.day("listed_since", listed.since), self.day("listed_until", listed.until)]
        return [self.say(f"listed_{listed}")] if listed in ("yes", "no") else []

    def _law(self, kind: Literal["adequacy", "clauses"], name: str) -> str:
        if name == "unknown":
            return self.say("unknown")
        try:
            fact = self.law.adequacy(name) if kind == "adequacy" else self.law.clauses(name)
        except LawError:
            return name
        return translate(fact.name, self.language)
