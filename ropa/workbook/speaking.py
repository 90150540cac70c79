"""Saying a register's facts in a language: texts, days, periods, countries, instruments, gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ropa.graph import Graph
from ropa.model import COUNTRIES, Contact, Organisation, Party, Person, Register, in_place, known
from ropa.model.base import PERIOD_PATTERN
from ropa.source.page import translate
from ropa.standing import Standings
from ropa.workbook.words import phrase, series, word, words_of

if TYPE_CHECKING:
    from ropa.law import Law

__all__ = ["Speaker", "State", "Value", "period_in_words"]

State = Literal["stated", "missing", "unknown", "none", "where-applicable", "error", "warning", "info"]

_PART = re.compile(r"([0-9]+)([YMWDH])")
_COUNTED = re.compile(r"([0-9]{1,4})\s*([^\W\d]+)")
_BETWEEN = re.compile(r"[ ,&]|\b(en|and|und|et)\b")
_ISO = re.compile(PERIOD_PATTERN)
_BLANKS = re.compile("[^\\S\u00a0]+")


@dataclass(frozen=True)
class Value:
    """What a cell says, and whether the register states it."""

    text: str
    state: State = "stated"
    look: str = ""
    """The style of its cell, if not that of its column."""


@dataclass(frozen=True)
class Speaker:
    """Says what a register states, in a language; in the register's own where a text lacks it."""

    standings: Standings
    language: str
    plain: Mapping[str, Any] = field(default_factory=dict)
    """The register's plain values, as its files write them."""
    kept: dict[str, Any] = field(default_factory=dict, repr=False)
    """What cells counted once for all rows."""

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
        from babel import Locale

        return dict(Locale.parse(self.language).territories.items())

    def say(self, key: str, /, **facts: object) -> str:
        """Return a phrase of the workbook."""
        return phrase(key, self.language, **facts)

    def code(self, kind: str, code: str) -> str:
        """Return the label of a code; `unknown` and `none` have theirs everywhere."""
        return self.say(code) if code in ("unknown", "none") else word(kind, code, self.language)

    def text(self, words: Any) -> str:
        """Return a text, marked where it is in another language; nothing where there is none."""
        if words is None:
            return ""
        return self.say(str(words)) if words in ("unknown", "none") else self.marked(words)

    def marked(self, words: str | Mapping[str, str]) -> str:
        """Return a text in the reader's language; else in the register's own, marked with that language."""
        spoken = self.spoken(words)
        said = words if isinstance(words, str) else words[spoken]
        return said if spoken == self.language else f"{said} [{spoken}]"

    def spoken(self, words: str | Mapping[str, str]) -> str:
        """Return the language in which a text is said to the reader: hers, else the register's own, else one it has."""
        own = self.register.language
        if isinstance(words, str):
            return own
        return self.language if self.language in words else own if own in words else next(iter(words))

    def proper(self, words: str | Mapping[str, str] | None) -> str:
        """Return a name, which belongs to no language."""
        if words is None:
            return ""
        return self.say(str(words)) if words in ("unknown", "none") else self._own(words)

    def _own(self, words: str | Mapping[str, str]) -> str:
        return translate(words, self.language, self.register.language)

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return self.code("fact", code) if code == "unknown" else self._countries.get(code, code)

    def country_meant(self, text: str) -> str | None:
        """Return the code of a country that is named, in the reader's language or by its code."""
        return text if text in COUNTRIES else self._country_codes.get(text.casefold())

    @cached_property
    def _country_codes(self) -> dict[str, str]:
        return {self.country(code).casefold(): code for code in COUNTRIES}

    def period(self, period: str) -> str:
        """Return an ISO 8601 duration in words: `P1Y6M` is one year and six months."""
        return period_in_words(period, self.language) or self.code("fact", period)

    def period_meant(self, text: str) -> str | None:
        """Return the ISO 8601 duration that a text names: `1 year 6 months`, or `P1Y6M` itself."""
        if _ISO.fullmatch(text):
            return text
        parts = _COUNTED.findall(text.casefold())
        units = [self._units.get(word) for _, word in parts]
        if not parts or None in units or _BETWEEN.sub("", _COUNTED.sub("", text.casefold())):
            return None
        said = "".join(f"{number}{unit}" for (number, _), unit in zip(parts, units, strict=True))
        found = f"PT{said}" if units == ["H"] else f"P{said}"
        return found if _ISO.fullmatch(found) else None

    @cached_property
    def _units(self) -> dict[str, str]:
        return {
            word(kind, unit, self.language).casefold(): unit for kind in ("unit", "units") for unit in words_of("unit")
        }

    def day(self, key: str, day: Any) -> str:
        """Return a phrase about a day; nothing where it is not stated."""
        if day is None:
            return ""
        return self.say(key, day=self.say("unknown") if day == "unknown" else day.isoformat())

    def long_day(self, day: date) -> str:
        """Return a day in words: `1 July 2026`."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self.language)

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
        if section == "waivers":  # they have no names
            return one
        if section == "transfers" and record.name is None:
            return self.named("parties", record.to)
        if record.name != "unknown":
            return self.proper(record.name)
        what = self.text(getattr(record, "description", None))
        return f"{what} ({self.say('no_name')})" if what else self.say("no_name")

    def label(self, section: str, one: str) -> str:
        """Return a record's name, as the one line by which another cell names it; with its id where two share a name."""
        return self._labels(section).get(one, one)

    def meant(self, section: str, text: str) -> str | None:
        """Return the id of the record that a line names: by its label, its name or its id."""
        labels = self._meant.get(section)
        if labels is None:
            labels = self._meant[section] = {}
            for one, label in self._labels(section).items():
                labels[_flat(label).casefold()] = one
            names = {one: _flat(self.named(section, one)).casefold() for one in self._labels(section)}
            times = Counter(names.values())
            for one, name in names.items():
                if times[name] == 1:  # a name that two records share names neither
                    labels.setdefault(name, one)
                labels.setdefault(one, one)
        return labels.get(_flat(text).casefold())

    @cached_property
    def _meant(self) -> dict[str, dict[str, str]]:
        return {}

    def introduce(self, section: str, one: str, label: str) -> None:
        """Make a new record known, so that others can name it."""
        self.meant(section, "")
        for name in (label, one):
            self._meant[section].setdefault(_flat(name).casefold(), one)

    def _labels(self, section: str) -> dict[str, str]:
        labels = self._labelled.get(section)
        if labels is None:
            said = {one: _in_line(self.data(one) if section == "data" else self.named(section, one)) for one in getattr(self.register, section)}  # fmt: skip
            times = Counter(label.casefold() for label in said.values())
            labels = {one: f"{label} ({one})" if times[label.casefold()] > 1 else label for one, label in said.items()}
            self._labelled[section] = labels
        return labels

    @cached_property
    def _labelled(self) -> dict[str, dict[str, str]]:
        return {}

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
        parts = (self.proper(contact.address), contact.email, contact.phone, contact.website)
        return ", ".join(part for part in parts if part)

    def person(self, one: Organisation | Party | Person) -> str:
        """Return an organisation or a person with country and contact details, on one line."""
        parts = (
            self.proper(one.name),
            self.country(one.country) if known(one.country) else "",
            self.contact(one.contact),
        )
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
        return f"{name} ({series(marks, self.language)})" if marks else name


def _in_line(text: str) -> str:
    """Return a text on one line, its no-break spaces kept."""
    return _BLANKS.sub(" ", text).strip()


def period_in_words(period: str, language: str) -> str:
    """Return an ISO 8601 duration in words: `P1Y6M` is 1 year 6 months; nothing for what is none."""
    parts = ((int(number), unit) for number, unit in _PART.findall(period))
    return " ".join(f"{number} {word('unit' if number == 1 else 'units', unit, language)}" for number, unit in parts)


def _flat(text: str) -> str:
    """Return a text on one line, without blanks at its ends."""
    return " ".join(text.split())
