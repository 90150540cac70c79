"""What a transfer stands on: states, answers for each instrument, legs of a transfer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple

from ropa.law.dated import Dated, Version
from ropa.model import Instrument, Roles
from ropa.model.base import Fact, Text

__all__ = ["Answer", "Circumstances", "Leg", "Relation", "Standing", "State"]


class State(StrEnum):
    """What an instrument was worth to a transfer on a day, from the best to the worst."""

    COVERED = "covered"
    """In force, and it covered this transfer as far as the record says."""
    COVERED_LATER_INVALIDATED = "covered_later_invalidated"
    """In force then, and presumed valid; the Court declared it invalid later."""
    UNCERTAIN_WINDOW = "uncertain_window"
    """Adopted, but not certainly in effect on that day."""
    CONDITIONAL = "conditional"
    """In force, and a fact that decides is not known: there is one question to answer."""
    CONDITION_NOT_MET = "condition_not_met"
    """In force, and the record itself says that it does not cover this transfer."""
    WRONG_MODULE = "wrong_module"
    """Made for another relation than that of exporter and importer."""
    OUT_OF_SCOPE = "out_of_scope"
    """In force, but about something else."""
    ENDED = "ended"
    """No longer in force on that day."""
    NOT_YET = "not_yet"
    """Not yet in force on that day."""
    NONE = "none"
    """No such instrument, or none stated."""
    NOT_A_TRANSFER = "not_a_transfer"
    """The importer was within the area where data flow freely."""
    PRE_GDPR = "pre_gdpr"
    """Before 2018-05-25 the GDPR did not apply."""

    @property
    def holds(self) -> bool:
        """Whether the transfer can stand on it, as far as the record says."""
        return self in (State.COVERED, State.COVERED_LATER_INVALIDATED)

    @property
    def fails(self) -> bool:
        """Whether nothing that is still to be found out could make the transfer stand on it."""
        return State.CONDITIONAL.rank < self.rank <= State.NONE.rank

    @property
    def rank(self) -> int:
        """0 for the best."""
        return _ORDER[self]


_ORDER = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class Answer:
    """What one instrument was worth on the day asked about.

    `at` is its place in the transfer's list, `fact` the legal fact and `version` the version of it
    that the answer rests on, `why` a word for the reason where a state has several (a condition's
    own id, if one decided), `question` the one thing to find out.
    """

    state: State
    instrument: Instrument | None = None
    at: int = 0
    fact: Dated[Any] | None = None
    version: Version[Any] | None = None
    why: str = ""
    question: Text | None = None

    @property
    def ended(self) -> date | None:
        """The first day on which nobody could stand on it any more, if it has ended."""
        if self.state is not State.ENDED or self.version is None:
            return None
        relied_on_until: date | None = getattr(self.version.value, "relied_on_until", None)
        return relied_on_until if self.why == "relied-on" else self.version.end

    @property
    def name(self) -> Text | None:
        """The instrument's name for people, as the law data give it."""
        return self.fact.name if self.fact is not None else None


class Relation(NamedTuple):
    """Between whom data go: the roles of exporter and importer, and whether the exporter is outside itself."""

    roles: Roles | None = None
    """`C2P`: controller to processor; None if a role is not known."""
    onward: bool = False
    """Whether the exporter is itself in a third country, so that the transfer is an onward one (Art. 44)."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What decides on a transfer besides its instruments.

    A fact is `yes`, `no` or `unknown`; None says nothing, and then nothing is asked about it, except
    where a ground cannot exist without it.
    """

    countries: tuple[str, ...] = ()
    """Where the importer is established or processes (ISO 3166-1); empty if unknown."""
    relations: tuple[Relation, ...] = (Relation(),)
    """Between whom; a transfer may have several exporters."""
    organisation: Fact | None = None
    """Whether the importer is an international organisation, which is no country."""
    importer_names: tuple[str, ...] = ()
    """What the importer is called, by which an organisation's own decision knows it."""
    same_entity: bool = False
    """Whether the importer is part of the exporter itself: then nobody else receives the data."""
    equivalent: Fact | None = None
    """Whether the assessment of the third country found its protection essentially equivalent."""
    importer_public: Fact | None = None
    """Whether the importer is a public authority or body."""
    exporter_public: Fact | None = None
    """Whether the exporter is one."""
    personnel: Fact | None = None
    """Whether the data are about the exporter's own personnel."""
    law_enforcement: Fact | None = None
    """Whether a competent authority processes them for law enforcement, under Directive (EU) 2016/680."""
    recurring: Fact | None = None
    """Whether the transfer happens regularly, rather than once or occasionally."""


@dataclass(frozen=True)
class Leg:
    """One way that a transfer goes: to one third country, in one relation. Each must stand on something."""

    country: str | None
    relation: Relation
    answers: tuple[Answer, ...]

    @cached_property
    def best(self) -> Answer:
        """The answer of the instrument that serves best; of equal ones the first, of those ended the last to end."""
        return min(self.answers, key=lambda answer: (answer.state.rank, -(answer.ended or date.min).toordinal()))


@dataclass(frozen=True)
class Standing:
    """On what a transfer stands on a day: its legs, each with the answers for its instruments, in their order."""

    legs: tuple[Leg, ...]
    circumstances: Circumstances = field(default_factory=Circumstances)

    @cached_property
    def leg(self) -> Leg:
        """The leg that stands worst: the transfer stands no better than that."""
        return max(self.legs, key=lambda leg: leg.best.state.rank)

    @property
    def best(self) -> Answer:
        """The best answer for the leg that stands worst."""
        return self.leg.best

    @property
    def state(self) -> State:
        """The state of the whole transfer."""
        return self.best.state

    @property
    def gone(self) -> tuple[Answer, ...]:
        """The answers for instruments that the record still names and that have ended."""
        return tuple(answer for answer in self.leg.answers if answer.state is State.ENDED)

    @property
    def basis(self) -> Literal["first", "fallback", "none"]:
        """Whether the transfer stands on the first instrument it names, on a later one, or on none."""
        if not self.state.holds:
            return "none"
        return "first" if self.best.at == 0 else "fallback"
