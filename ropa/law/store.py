"""The store of law data: one small file per legal fact, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from ropa.errors import UnknownLawError, nearest
from ropa.law.dated import Dated, LawRecord
from ropa.law.kinds import (
    KINDS,
    AdequacyFact,
    ClauseFact,
    DerogationFact,
    DutyFact,
    EventFact,
    NumberFact,
    ProposalFact,
    TerritoryFact,
    ToolFact,
)
from ropa.law.overlay import Overlay, read_overlays
from ropa.law.reading import read_fact
from ropa.model.base import Day, Line

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["About", "Store"]

F = TypeVar("F", bound=LawRecord)

Facts = dict[tuple[str, str], LawRecord | None]
"""Facts by kind and name; None where there is no such file."""

INSTRUMENTS = ("adequacy", "clauses", "tools", "derogations")
"""The kinds of fact that a transfer can rest on."""


class About(LawRecord):
    """What the store says of itself."""

    version: Line
    """The version of the law data."""
    verified_through: Day
    """Nothing after this day has been looked at."""


@dataclass(frozen=True)
class Store:
    """Legal facts by kind and name.

    `version` names the law data, `verified_through` the last day that was looked at: an answer
    about a later day carries that reservation. `overlays` are the organisation's own additions,
    `supposed` the facts that are taken to have ended.
    """

    version: str
    verified_through: date
    _root: Traversable = field(repr=False)
    overlays: tuple[Overlay, ...] = ()
    supposed: tuple[str, ...] = ()
    _own: Mapping[tuple[str, str], LawRecord] = field(default_factory=dict, repr=False, compare=False)
    _read: Facts = field(default_factory=dict, repr=False, compare=False)
    _names: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, *overlays: str | FilePath) -> Self:
        """Return the law data that comes with this version of ropa, with the organisation's own files if any.

        Each of `overlays` is a folder of law files like those in `ropa/law/data`. What they add must
        not contradict the store. Raises LawDataError with every fault, each with file and line.
        """
        about, root, read = _shipped()
        store = cls(about.version, about.verified_through, root, _read=read)
        for folder in overlays:
            store = store.with_overlay(folder)
        return store

    def with_overlay(self, folder: str | FilePath) -> Self:
        """Return this law with the files of a folder added. Raises LawDataError."""
        found = read_overlays(FilePath(folder), self)
        own = {(one.kind, one.name): one.fact for one in found}
        return replace(self, overlays=(*self.overlays, *found), _own={**self._own, **own}, _names={})

    @property
    def base(self) -> Self:
        """This law without the organisation's own additions, and without suppositions."""
        return type(self).load() if self.overlays or self.supposed else self

    def without(self, names: Iterable[str], on: date) -> Self:
        """Return this law as if facts that transfers rest on had ended on a day. Raises UnknownLawError."""
        own = dict(self._own)
        names = tuple(_file_name(name) for name in names)
        for name in names:
            kind, fact = self.instrument(name)
            ended = fact.supposed_ended(on)
            if isinstance(ended, ClauseFact):
                ended = _no_longer_relied_on(ended, on)
            own[kind, name] = ended
        return replace(self, supposed=(*self.supposed, *names), _own=own, _names={})

    def instrument(self, name: str) -> tuple[str, Dated[Any]]:
        """Return kind and fact of what a transfer can rest on, by name (`us-dpf`, `49(1)(b)`). Raises UnknownLawError."""
        name = _file_name(name)
        known = {each: kind for kind in reversed(INSTRUMENTS) for each in self.names(kind)}
        if name not in known:
            raise UnknownLawError("instrument", name, nearest(name, list(known)))
        fact = self._fact(known[name], name, LawRecord)
        assert isinstance(fact, Dated)
        return known[name], fact

    # Territory

    def territory(self, country: str) -> TerritoryFact | None:
        """Return what is recorded of a territory (ISO 3166-1), or None: a third country like any other."""
        return self._fact("territory", country.lower(), TerritoryFact)

    def inside(self, country: str, on: date) -> bool:
        """Tell whether data flowed freely to a country (ISO 3166-1) on a day.

        That is: EU and EEA States and the territories where the GDPR applies, and the United Kingdom
        while it was treated as one of them. Everything else is a third country.
        """
        fact = self.territory(country)
        version = fact.on(on) if fact is not None else None
        return version is not None and version.value.inside

    # Instruments

    def adequacy(self, name: str) -> AdequacyFact:
        """Return an adequacy decision by name (`us-privacy-shield`). Raises UnknownLawError."""
        return self._known("adequacy", name, AdequacyFact)

    def decisions_on(self, country: str) -> list[AdequacyFact]:
        """Return all adequacy decisions about a country, in force or not, in the order of their names."""
        facts = (self.adequacy(name) for name in self.names("adequacy"))
        return [fact for fact in facts if fact.of == country]

    def adequacy_for(self, country: str, on: date) -> dict[str, AdequacyFact]:
        """Return the decisions under the GDPR about a country that are in force on a day, by name."""
        facts = ((name, self.adequacy(name)) for name in self.names("adequacy"))
        return {name: fact for name, fact in facts if fact.of == country and fact.regime == "gdpr" and fact.on(on)}

    def clauses(self, name: str) -> ClauseFact:
        """Return a set of standard clauses by name (`eu-2021-914`). Raises UnknownLawError."""
        return self._known("clauses", name, ClauseFact)

    def tool(self, name: str) -> ToolFact:
        """Return a kind of instrument by name (`binding-rules`). Raises UnknownLawError."""
        return self._known("tools", name, ToolFact)

    def derogation(self, provision: str) -> DerogationFact:
        """Return a derogation by its provision (`49(1)(a)`). Raises UnknownLawError."""
        return self._known("derogations", _file_name(provision), DerogationFact)

    # Duties, events, proposals

    def duty(self, name: str) -> DutyFact:
        """Return a duty by name (`transfer-assessment`). Raises UnknownLawError."""
        return self._known("duties", name, DutyFact)

    def number(self, name: str, on: date) -> int | None:
        """Return a number that the law fixes (`record-exemption`), on a day; None if it did not then, or not yet."""
        fact = self._fact("numbers", name, NumberFact)
        version = fact.on(on) if fact is not None else None
        return version.value.number if version is not None else None

    def events(self, country: str | None, until: date, *, every: bool = False) -> list[EventFact]:
        """Return what had happened by a day that dates an assessment of a country (of `every` one), the latest last."""
        facts = (self._known("events", name, EventFact) for name in self.names("events"))
        found = (fact for fact in facts if (every or fact.of in (None, country)) and fact.day <= until)
        return sorted(found, key=lambda one: one.day)

    def proposals(self) -> list[ProposalFact]:
        """Return the proposals of law that were followed; they change no answer."""
        return [self._known("proposals", name, ProposalFact) for name in self.names("proposals")]

    # Reading

    def names(self, kind: str) -> list[str]:
        """Return the names of all facts of a kind: `adequacy`, `clauses`, `territory`."""
        if kind not in self._names:
            folder = self._root / kind
            files = [file.name for file in folder.iterdir()] if folder.is_dir() else []
            shipped = {name.removesuffix(".yaml") for name in files if name.endswith(".yaml")}
            self._names[kind] = sorted(shipped | {name for each, name in self._own if each == kind})
        return self._names[kind]

    def facts(self, kind: str) -> Iterator[tuple[str, LawRecord]]:
        """Yield all facts of a kind with their names. Raises LawDataError if a file is not as it must be."""
        for name in self.names(kind):
            yield name, self._known(kind, name, KINDS[kind])

    def shipped_file(self, kind: str, name: str) -> Traversable | None:
        """Return the file of a fact that comes with ropa, or None."""
        file = self._root / kind / f"{name}.yaml"
        return file if file.is_file() else None

    def _known(self, kind: str, name: str, model: type[F]) -> F:
        fact = self._fact(kind, name, model)
        if fact is None:
            raise UnknownLawError(kind, name, nearest(name, self.names(kind)))
        return fact

    def _fact(self, kind: str, name: str, model: type[F]) -> F | None:  # noqa: ARG002 - tells the type
        key = (kind, name)
        if key in self._own:
            return cast("F", self._own[key])
        if key not in self._read:
            file = self.shipped_file(kind, name)
            self._read[key] = read_fact(file, KINDS[kind]) if file is not None else None
        return cast("F | None", self._read[key])


@cache
def _shipped() -> tuple[About, Traversable, Facts]:
    """Return the law that comes with ropa, and what was read of it already, which all who ask share."""
    root = files("ropa.law") / "data"
    return read_fact(root / "about.yaml", About), root, {}


def _file_name(name: str) -> str:
    """Return the name of the file of a fact: that of a derogation is its provision with hyphens."""
    return "-".join(name.replace("(", " ").replace(")", " ").split())


def _no_longer_relied_on(fact: ClauseFact, day: date) -> ClauseFact:
    """Return clauses on which contracts already concluded cannot rest from a day on either."""
    versions = tuple(
        version.model_copy(update={"value": version.value.model_copy(update={"relied_on_until": day})})
        if version.start < day and (version.value.relied_on_until or date.max) > day
        else version
        for version in fact.versions
    )
    return fact.model_copy(update={"versions": versions})
