"""Two registers side by side on one day, with the questions that consequences ask of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ropa.changes.comparing import Change
from ropa.graph import Graph
from ropa.languages import LANGUAGES
from ropa.law import Law
from ropa.model import Activity, JointControl, Register, Service, in_place, known
from ropa.rules.rule import called
from ropa.source import Path, Words
from ropa.standing import Standings
from ropa.workbook.speaking import period_in_words

__all__ = ["Side", "Sides", "country_names", "said_period"]


@dataclass(frozen=True)
class Side:
    """One of the two registers, on the day asked about."""

    register: Register
    law: Law
    day: date

    @cached_property
    def standings(self) -> Standings:
        """On what its transfers stand."""
        return Standings(Graph(self.register), self.law, self.day)

    @property
    def graph(self) -> Graph:
        """The register as a graph."""
        return self.standings.graph

    def activity(self, one: str) -> Activity | None:
        """Return an activity that takes place on the day and that the GDPR governs."""
        found = self.register.activities.get(one)
        return found if found is not None and self._governed(found) else None

    def _governed(self, activity: Activity) -> bool:
        """Tell whether an activity is in place, and not one of Directive (EU) 2016/680 (Art. 2(2)(d))."""
        return in_place(activity, self.day) and activity.law_enforcement != "yes"

    def activities(self) -> Iterator[tuple[str, Activity]]:
        """Yield the activities that take place on the day and that the GDPR governs."""
        for one, activity in self.register.activities.items():
            if self._governed(activity):
                yield one, activity

    def reached(self, record: Activity | Service) -> tuple[tuple[str, ...], ...]:
        """Return the chains by which the data of an activity or service reach parties."""
        return tuple(flow.chain for flow in self.graph.flows(record, self.day))

    def recipients(self, activity: Activity) -> tuple[str, ...]:
        """Return every party that the data of an activity reach, joint controllers included (Art. 4(9))."""
        joint = activity.joint_control.parties if isinstance(activity.joint_control, JointControl) else ()
        return tuple(dict.fromkeys((*(chain[-1] for chain in self.reached(activity)), *joint)))

    def transfers(self, one: str) -> tuple[str, ...]:
        """Return the transfers of an activity that take place on the day."""
        found = self.graph.transfers_of(one)
        return tuple(each for each in found if in_place(self.register.transfers[each], self.day))

    def outside(self, one: str) -> dict[str, tuple[str, ...]]:
        """Return the countries outside the EEA that the data of an activity reach, each with the parties there."""
        found: dict[str, dict[str, None]] = {}
        for party in self.recipients(self.register.activities[one]):
            for country in self.graph.countries_of(party):
                found.setdefault(country, {})[party] = None
        for transfer in self.transfers(one):
            record = self.register.transfers[transfer]
            for country in self.graph.destinations(record):
                found.setdefault(country, {}).update({record.to: None} if known(record.to) else {})
        return {country: tuple(of) for country, of in found.items() if not self.law.inside(country, self.day)}

    def measures(self, record: Activity | Service) -> tuple[str, ...]:
        """Return the security measures of an activity or service, those that apply everywhere included."""
        own = record.measures if isinstance(record.measures, tuple) else ()
        everywhere = (one for one, measure in self.register.measures.items() if measure.everywhere == "yes")
        found = dict.fromkeys((*own, *everywhere))
        return tuple(one for one in found if in_place(self.register.measures[one], self.day))

    def data(self, activity: Activity) -> tuple[str, ...]:
        """Return the categories of data of an activity, its purposes' included."""
        return _together(activity, "data")

    def data_subjects(self, activity: Activity) -> tuple[str, ...]:
        """Return the categories of people of an activity, its purposes' included."""
        return _together(activity, "data_subjects")

    def named(self, section: str, one: str) -> Words | str:
        """Return what people call a record."""
        return called(self.register, (section, one))

    def touching(self, one: str) -> Iterator[Path]:
        """Yield the records whose change can be a change of an activity: itself, and what it names or reaches."""
        activity = self.register.activities.get(one)
        if activity is None:
            return
        yield ("activities", one)
        yield from (("parties", party) for party in self.recipients(activity))
        yield from (("transfers", transfer) for transfer in self.graph.transfers_of(one))
        yield from (("measures", measure) for measure in self.register.measures)
        yield from (("data", each) for each in self.data(activity))
        yield from (("data_subjects", each) for each in self.data_subjects(activity))


def said_period(period: str) -> Words:
    """Return an ISO 8601 duration in words, in every language."""
    return {language: period_in_words(period, language) for language in LANGUAGES}


def country_names(code: str) -> Words:
    """Return what a country (ISO 3166-1) is called, in every language (CLDR)."""
    from babel import Locale

    return {language: str(Locale(language).territories.get(code, code)) for language in LANGUAGES}


def _together(activity: Activity, what: str) -> tuple[str, ...]:
    held = (activity, *activity.purpose_records().values())
    stated = (getattr(one, what) for one in held)
    return tuple(dict.fromkeys(each for ids in stated if isinstance(ids, tuple) for each in ids))


@dataclass(frozen=True)
class Sides:
    """The old register and the new one under the same ids, and what changed between them."""

    base: Side
    head: Side
    changes: tuple[Change, ...] = field(default=(), repr=False)

    def changed(self) -> Iterator[tuple[str, Activity, Activity]]:
        """Yield the activities that take place in both, as they were and as they are."""
        for one, after in self.head.activities():
            before = self.base.activity(one)
            if before is not None:
                yield one, before, after

    def because(self, *roots: Path) -> tuple[Path, ...]:
        """Return the places of the changes within records, as the reasons of a consequence."""
        return tuple(change.path for change in self.changes if any(_within(change.path, root) for root in roots))

    def reasons(self, *activities: str) -> tuple[Path, ...]:
        """Return the places of the changes that can have changed what activities involve."""
        sides = (self.head, self.base)
        return self.because(*dict.fromkeys(path for one in activities for side in sides for path in side.touching(one)))


def _within(path: Path, root: Path) -> bool:
    """Tell whether a place lies within another, or is what holds it: a record that is new brings all it states."""
    return path[: len(root)] == root or root[: len(path)] == path
