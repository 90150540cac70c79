"""On what each transfer of a register stands on a day: the graph's facts put to the law's question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ropa.graph import Graph
from ropa.law import Circumstances, Law, Relation, Standing
from ropa.model import Organisation, Party, Roles
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
        activities = [register.activities[one] for one in graph.activities_of(transfer)]
        people = [register.data_subjects[one] for one in graph.people_of(transfer)]
        return Circumstances(
            countries=graph.destinations(record),
            relations=tuple(self._relation(exporter, roles) for exporter, roles in graph.relations(transfer)),
            organisation=importer.international_organisation if importer else None,
            importer_public=_public(importer),
            exporter_public=_any(_public(one) for one in exporters),
            personnel=_any(one.employees for one in people),
            law_enforcement=_any(one.law_enforcement for one in activities),
            recurring=record.recurring,
        )

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


def _any(facts: Iterable[Fact | None]) -> Fact | None:
    """Return what holds of several together: yes if of one, else unknown if of one, else no; None if nothing is said."""
    said = list(facts)
    return next((fact for fact in ("yes", "unknown", "no") if fact in said), None)
