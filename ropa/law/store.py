"""The store of law data: one small file per legal fact, read when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from ropa.errors import LawDataError, UnknownLawError, nearest
from ropa.law.dated import LawRecord
from ropa.law.kinds import AdequacyFact, ClauseFact, DutyFact, TerritoryFact
from ropa.model.base import Day, Line
from ropa.source import read_text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["GDPR_APPLIES", "About", "Law"]

GDPR_APPLIES = date(2018, 5, 25)
"""The day from which the GDPR applies (Art. 99(2))."""

F = TypeVar("F", bound=LawRecord)


class About(LawRecord):
    """What the store says of itself."""

    version: Line
    """The version of the law data."""
    verified_through: Day
    """Nothing after this day has been looked at."""


@dataclass(frozen=True)
class Law:
    """The law as data, asked on a day. Load it with `Law.load()`; it is cheap and shared.

    `version` names the law data, `verified_through` the last day that was looked at: an answer
    about a later day carries that reservation.
    """

    version: str
    verified_through: date
    _root: Traversable
    _read: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    @cache
    def load() -> Law:
        """Return the law data that comes with this version of ropa."""
        root = files("ropa.law") / "data"
        about = _read(root / "about.yaml", About)
        return Law(about.version, about.verified_through, root)

    def inside(self, country: str, on: date) -> bool:
        """Tell whether data flowed freely to a country (ISO 3166-1) on a day.

        That is: EU and EEA States and the territories where the GDPR applies, and the United Kingdom
        while it was treated as one of them. Everything else is a third country.
        """
        fact = self._fact("territory", country.lower(), TerritoryFact)
        return fact is not None and fact.on(on) is not None

    def adequacy(self, name: str) -> AdequacyFact:
        """Return an adequacy decision by name (`us-privacy-shield`). Raises UnknownLawError."""
        return self._known("adequacy", name, AdequacyFact)

    def clauses(self, name: str) -> ClauseFact:
        """Return a set of standard clauses by name (`eu-2021-914`). Raises UnknownLawError."""
        return self._known("clauses", name, ClauseFact)

    def duty(self, name: str) -> DutyFact:
        """Return a duty by name (`transfer-assessment`). Raises UnknownLawError."""
        return self._known("duties", name, DutyFact)

    def names(self, kind: str) -> list[str]:
        """Return the names of all facts of a kind: `adequacy`, `clauses`, `duties`, `territory`."""
        return sorted(
            file.name.removesuffix(".yaml") for file in (self._root / kind).iterdir() if file.name.endswith(".yaml")
        )

    def adequacy_for(self, country: str, on: date) -> dict[str, AdequacyFact]:
        """Return the decisions under the GDPR about a country that are in force on a day, by name."""
        facts = ((name, self.adequacy(name)) for name in self.names("adequacy"))
        return {name: fact for name, fact in facts if fact.of == country and fact.regime == "gdpr" and fact.on(on)}

    def _known(self, kind: str, name: str, model: type[F]) -> F:
        fact = self._fact(kind, name, model)
        if fact is None:
            raise UnknownLawError(kind, name, nearest(name, self.names(kind)))
        return fact

    def _fact(self, kind: str, name: str, model: type[F]) -> F | None:
        key = (kind, name)
        if key not in self._read:
            file = self._root / kind / f"{name}.yaml"
            self._read[key] = _read(file, model) if file.is_file() else None
        fact: F | None = self._read[key]
        return fact


def _read(file: Traversable, model: type[F]) -> F:
    """Read one file of law data. Raises LawDataError with every fault, each with file and line."""
    document, faults = read_text(file.read_text(encoding="utf-8"), file.name)
    if document is None or faults:
        raise LawDataError(tuple(str(fault) for fault in faults))
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise LawDataError(tuple(_sentence(detail, document) for detail in error.errors())) from error


def _sentence(detail: Any, document: Any) -> str:
    place = document.place(tuple(detail["loc"]))
    return f"{place.file}:{place.line}:{place.column}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}"
