"""On what each transfer of a register stands on a day: the graph's facts put to the law's question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ropa.graph import Graph
from ropa.law import Circumstances, Law, Relation, Standing
from ropa.model import Organisation, Party, Roles, Transfer, known
from ropa.model.base import Fact

__all__ = ["Standings"]


class Standings:
    """The transfers of a register on a day, each judged once, when it is first asked for."""

    def __init__(self, graph: Graph, law: Law, day: date) -> None:
        self.graph = graph
        self.law = law
        self.day = day
        self._judged: dict[str, Standing] = {}

    def of(self, transfer: str) -> Standing:
        """Return on what a transfer stands, by its id."""
        if transfer not in self._judged:
            self._judged[transfer] = self.under(self.law, transfer)
        return self._judged[transfer]

    def under(self, law: Law, transfer: str) -> Standing:
        """Return on what a transfer would stand under another law."""
        record = self.graph.register.transfers[transfer]
        instruments = record.instruments if isinstance(record.instruments, tuple) else ()
        return law.transfer(instruments, self.circumstances(transfer), on=self.day)

    def circumstances(self, transfer: str) -> Circumstances:
        """Return what decides on a transfer besides its instruments, as the register tells it."""
        register, graph = self.graph.register, self.graph
        record = register.transfers[transfer]
        importer = register.parties.get(record.to)
        exporters = [self._exporter(one) for one in graph.exporters_of(transfer)]
        activities = [register.activities[one] for one in graph.activities_of(transfer, self.day)]
        people = [register.data_subjects[one] for one in graph.people_of(transfer, self.day)]
        return Circumstances(
            countries=self._countries(record),
            relations=tuple(self._relation(exporter, roles) for exporter, roles in graph.relations(transfer)),
            organisation=importer.international_organisation if importer else None,
            importer_names=_names(importer),
            same_entity=importer is not None and importer.role == "internal",
            importer_public=_public(importer),
            exporter_public=_together(_public(one) for one in exporters),
            personnel=_any(one.employees for one in people),
            law_enforcement=_together(one.law_enforcement for one in activities),
            recurring=record.recurring,
            equivalent=self._equivalent(record),
        )

    def _countries(self, transfer: Transfer) -> tuple[str, ...]:
        """Return where data go: what the transfer states, and the importer's own places if all of that is inside."""
        stated = self.graph.destinations(transfer)
        known_places = self.graph.countries_of(transfer.to) if transfer.to in self.graph.register.parties else ()
        inside = all(self.law.inside(one, self.day) for one in stated)
        return tuple(dict.fromkeys((*stated, *known_places))) if inside else stated

    def _equivalent(self, transfer: Transfer) -> Fact | None:
        """Tell what the assessment of the third country found, if it was made by the day."""
        assessment = transfer.assessment
        if not known(assessment) or not assessment.made_by(self.day):
            return None
        return "no" if assessment.result == "not-equivalent" else None

    def _exporter(self, party: str | None) -> Organisation | Party | None:
        return self.graph.register.keeper if party is None else self.graph.register.parties.get(party)

    def _relation(self, exporter: str | None, roles: Roles | None) -> Relation:
        where = self.graph.countries_of(exporter) if exporter is not None else ()
        established = where[:1]  # a party's own country stands first
        return Relation(roles, onward=bool(established) and not self.law.inside(established[0], self.day))


def _public(record: Organisation | Party | None) -> Fact | None:
    if record is None:
        return None
    if isinstance(record, Party) and record.role == "public-authority":
        return "yes"
    return record.public_authority


def _names(party: Party | None) -> tuple[str, ...]:
    if party is None:
        return ()
    return (party.name,) if isinstance(party.name, str) else tuple(party.name.values())


def _together(facts: Iterable[Fact | None]) -> Fact | None:
    """Return what holds of all of several alike; where they differ nobody can say it of the whole."""
    said = set(facts)
    return said.pop() if len(said) == 1 else "unknown" if said - {None} else None


def _any(facts: Iterable[Fact | None]) -> Fact | None:
    """Return what holds of several together: yes if of one, else unknown if of one, else no; None if nothing is said."""
    said = list(facts)
    return next((fact for fact in ("yes", "unknown", "no") if fact in said), None)
