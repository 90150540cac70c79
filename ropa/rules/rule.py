"""What a rule is: a pure function on one kind of record, with an id, a severity and a page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from ropa.graph import Graph
from ropa.law import Law
from ropa.model import Record, Register
from ropa.source import Page, Path, Words
from ropa.source.page import Fact
from ropa.standing import Standings

__all__ = ["Context", "Problem", "Rule", "Severity", "rule"]

R = TypeVar("R", bound=Record)


class Severity(StrEnum):
    """How much a finding weighs.

    `error`: the record contradicts the text of the law, or relies on a ground and leaves out a fact
    without which that ground cannot exist. `warning`: a likely gap, or guidance not followed.
    `info`: a reminder.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Problem:
    """What a rule found: where, relative to the record it looked at, and the facts its page speaks of.

    `says` names the page's template (its first, if None), `severity` overrides the rule's, `cites`
    are those of the rule's provisions that matter here, or acts besides them, `trail` the paths of
    the chain that a finding follows.
    """

    at: Path = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    says: str | None = None
    severity: Severity | None = None
    trail: tuple[Path, ...] = ()
    cites: tuple[str, ...] = ()

    @classmethod
    def on(
        cls,
        *at: str | int,
        says: str | None = None,
        severity: Severity | None = None,
        trail: tuple[Path, ...] = (),
        cites: tuple[str, ...] = (),
        **facts: Fact,
    ) -> Problem:
        """Make a problem at a place of the record: `Problem.on("instruments", 0, decision=name)`."""
        return cls(at, facts, says, severity, trail, cites)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides its record: the register, its graph, the law, the day, and on what transfers stand.

    `path` is the way to the record, `above` the records it stands in, the outermost first.
    """

    standings: Standings
    path: Path
    above: tuple[Record, ...]

    @property
    def graph(self) -> Graph:
        """The register as a graph."""
        return self.standings.graph

    @property
    def register(self) -> Register:
        """The register."""
        return self.standings.graph.register

    @property
    def law(self) -> Law:
        """The law."""
        return self.standings.law

    @property
    def day(self) -> date:
        """The day asked about."""
        return self.standings.day

    @property
    def id(self) -> str:
        """The record's id: the last name on the way to it."""
        path = self.path
        if len(path) == 2:  # as those of most records are: their section, their id
            return str(path[1])
        return next((step for step in reversed(path) if isinstance(step, str)), "")

    def called(self, path: Path | None = None) -> Words | str:
        """Return what people call the record at `path` (this one, if None): its name, else its id."""
        return called(self.register, self.path if path is None else path)

    def party(self, one: str) -> Words | str:
        """Return what people call a party."""
        return self.called(("parties", one))


def called(register: Register, path: Path) -> Words | str:
    """Return a record's name; where that is unknown, what it is; where that is not said, its id."""
    record: Any = register
    names: list[Any] = []
    for step in path:
        record = record[step] if not isinstance(record, Record) else getattr(record, str(step))
        if isinstance(record, Record):
            names.append(_name(record))
    if path[:1] == ("transfers",) and names and names[0] is None:
        to = register.transfers[str(path[1])].to
        return called(register, ("parties", to)) if to in register.parties else str(path[1])
    named = next((name for name in reversed(names) if name is not None), None)
    return named if named is not None else str(path[1] if len(path) > 1 else (path or ("register",))[0])


def _name(record: Record) -> Words | str | None:
    for field_name in ("name", "description"):
        name = getattr(record, field_name, None)
        if name is not None and name != "unknown":
            return name  # type: ignore[no-any-return]
    return None


@dataclass(frozen=True, eq=False)
class Rule(Generic[R]):
    """A rule of the catalogue.

    `id` is its family and number (TRF04); it is never reused and never carries the severity.
    `cites` are the provisions it rests on, `looks` the function, whose page lies beside it.
    """

    id: str
    on: tuple[type[R], ...]
    severity: Severity
    cites: tuple[str, ...]
    pack: str
    """The national pack it belongs to, by ISO 3166-1 code (with a suffix for a special regime); empty: it is for all."""
    looks: Callable[[R, Context], Iterator[Problem]]
    unless: Callable[[R, Context], bool] | None = None
    """What takes a record out of its reach: another regime, an exemption."""
    own_page: Page | None = None
    """The page of a rule that has no file of its own."""

    def look(self, record: R, ctx: Context) -> Iterable[Problem]:
        """Return what is wrong with a record; nothing, if the rule does not reach it."""
        return () if self.unless is not None and self.unless(record, ctx) else self.looks(record, ctx)

    @property
    def family(self) -> str:
        """The letters of its id."""
        return self.id[:-2]

    @property
    def slug(self) -> str:
        """Its name in code and in addresses: `adequacy-ended`."""
        return self.looks.__name__.replace("_", "-")

    @property
    def summary(self) -> str:
        """One line on what it finds."""
        return (self.looks.__doc__ or "").strip().splitlines()[0]

    @cached_property
    def page(self) -> Page:
        """Its page: what it says in each language, and why."""
        if self.own_page is not None:
            return self.own_page
        module = FilePath(str(sys.modules[self.looks.__module__].__file__))
        return Page.read(module.with_name(f"{self.looks.__name__}.md"))


def rule(
    rule_id: str,
    *,
    on: type[R] | tuple[type[R], ...],
    severity: Severity,
    cites: tuple[str, ...],
    pack: str = "",
    unless: Callable[[Any, Context], bool] | None = None,
) -> Callable[[Callable[[R, Context], Iterator[Problem]]], Rule[R]]:
    """Make a function a rule. Typing refuses a function that takes another record than `on`.

    A rule of a national `pack` (`NL`) runs where the organisation is established there, or where the
    pack is asked for by name. Of a record for which `unless` holds nothing is asked.
    """

    def make(looks: Callable[[R, Context], Iterator[Problem]]) -> Rule[R]:
        return Rule(rule_id, on if isinstance(on, tuple) else (on,), severity, cites, pack, looks, unless)

    return make
