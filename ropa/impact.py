"""Who and what is touched if a thing fails or is breached.

The facts that a notification asks for (Art. 33(3)), as far as the register holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.errors import UnknownRecordError, nearest
from ropa.graph import Node, Way
from ropa.law import INSTRUMENTS, Law
from ropa.model import COUNTRIES, Register, in_place, known
from ropa.standing import Standings

__all__ = ["Impact", "find", "impact"]

SEARCHED = (
    "parties", "systems", "activities", "services", "transfers", "data", "data_subjects", "measures",
)  # fmt: skip
"""The sections in which an id is looked up."""


@dataclass(frozen=True)
class Impact:
    """What a thing touches: ids of records by section of the register, and countries (ISO 3166-1)."""

    kind: str
    """Section of the thing asked about, `countries` or `instruments`."""
    id: str
    activities: tuple[str, ...]
    services: tuple[str, ...]
    data_subjects: tuple[str, ...]
    data: tuple[str, ...]
    systems: tuple[str, ...]
    parties: tuple[str, ...]
    """Other parties on the way of the data: before the thing, behind it, run or controlled by it."""
    transfers: tuple[str, ...]
    countries: tuple[str, ...]
    controllers: tuple[str, ...]
    """Controllers on whose behalf data are processed: they are told without undue delay (Art. 33(2))."""


def find(register: Register, law: Law, asked: str) -> tuple[str, str]:
    """Find what an id names: a record, a country or an instrument. Raises UnknownRecordError.

    `parties.mailer` names a record without doubt; `mailer` does if only one section has it.
    """
    section, _, one = asked.partition(".")
    if section in SEARCHED and one in getattr(register, section):
        return section, one
    found = [(section, asked) for section in SEARCHED if asked in getattr(register, section)]
    instruments = [name for kind in INSTRUMENTS for name in law.names(kind)]
    if asked in instruments:
        found.append(("instruments", asked))
    if asked.upper() in COUNTRIES and not found:
        found.append(("countries", asked.upper()))
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownRecordError(asked, candidates=tuple(f"{section}.{one}" for section, one in found))
    ids = [one for section in SEARCHED for one in getattr(register, section)]
    raise UnknownRecordError(asked, nearest(asked, [*ids, *instruments]))


def impact(standings: Standings, kind: str, one: str) -> Impact:
    """Return what a thing touches on the day asked about."""
    finder = _Finder(standings)
    parties = finder.parties(kind, one)
    transfers = finder.transfers(kind, one, parties)
    ways = finder.ways(kind, parties, transfers)
    nodes = finder.nodes(kind, one, ways, transfers)
    activities, services = finder.ids(nodes, "activities"), finder.ids(nodes, "services")
    records = (*(("activities", each) for each in activities), *(("services", each) for each in services))
    importers = [to for each in transfers if known(to := finder.register.transfers[each].to)]
    near = _unique([*parties, *importers])
    others = finder.others(near, ways, nodes)
    return Impact(
        kind, one, activities, services,
        data_subjects=finder.held(kind, one, "data_subjects", ways, records),
        data=finder.held(kind, one, "data", ways, records),
        systems=finder.systems(nodes, near),
        parties=tuple(each for each in others if ("parties", each) != (kind, one)),
        transfers=transfers,
        countries=_unique(c for party in (*near, *finder.behind(near)) for c in finder.graph.countries_of(party)),
        controllers=_unique(c for each in services for c in _listed(finder.register.services[each].controllers)),
    )  # fmt: skip


class _Finder:
    """Follows the graph from a thing to all that it touches on a day."""

    def __init__(self, standings: Standings) -> None:
        self.standings = standings
        self.graph = standings.graph
        self.register = standings.graph.register

    def parties(self, kind: str, one: str) -> tuple[str, ...]:
        """Return the parties that are the thing asked about: itself and those it controls, or those in a country."""
        if kind == "parties":
            return (one, *(each for each, party in self.register.parties.items() if party.parent == one))
        if kind == "countries":
            return tuple(each for each in self.register.parties if one in self.graph.countries_of(each))
        operator = self.register.systems[one].party if kind == "systems" else None
        return (operator,) if operator is not None else ()

    def transfers(self, kind: str, one: str, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Return the transfers that a thing takes part in."""
        graph, taking_part = self.graph, set(parties)
        fact = self.standings.law.instrument(one)[1] if kind == "instruments" else None

        def touched(transfer: str) -> bool:
            record = self.register.transfers[transfer]
            match kind:
                case "instruments":
                    legs = self.standings.of(transfer).legs
                    return any(answer.fact is fact for leg in legs for answer in leg.answers)
                case "activities":
                    return one in graph.activities_of(transfer)
                case "services":
                    return one in graph.services_of(transfer)
                case "data":
                    return one in graph.data_of(transfer)
                case "data_subjects":
                    return one in graph.people_of(transfer)
                case _:
                    to_country = kind == "countries" and one in graph.destinations(record)
                    return (
                        to_country
                        or record.to in taking_part
                        or not taking_part.isdisjoint(graph.exporters_of(transfer))
                    )

        if kind == "transfers":
            return (one,)
        transfers = self.register.transfers
        return tuple(each for each in transfers if in_place(transfers[each], self.standings.day) and touched(each))

    def ways(self, kind: str, parties: tuple[str, ...], transfers: tuple[str, ...]) -> list[Way]:
        """Return how data reach the thing: its parties, or the importers of the transfers it is about."""
        if kind == "systems":  # who uses it is said by the records, whatever else its operator gets
            return []
        if kind not in ("transfers", "instruments"):
            return [way for party in parties for way in self.graph.ways_to(party) if self._taken(way)]
        return [way for transfer in transfers for way in self._ways_by(transfer) if self._taken(way)]

    def _ways_by(self, transfer: str) -> list[Way]:
        to = self.register.transfers[transfer].to
        ways = self.graph.ways_to(to) if known(to) else ()
        return [way for way in ways if transfer in self.graph.transfers_on(way.flow.exporter, to)]

    def _taken(self, way: Way) -> bool:
        return in_place(getattr(self.register, way.kind)[way.id], self.standings.day)

    def nodes(self, kind: str, one: str, ways: list[Way], transfers: tuple[str, ...]) -> list[Node]:
        """Return what depends on a thing by any relation, itself first, and what its ways and transfers belong to."""
        depending = [] if kind == "instruments" else [Node(kind, one), *self.graph.touched_by(kind, one)]
        if kind in ("data", "data_subjects"):  # a system that holds it does not hand it to all that use the system
            depending = [node for node in depending if node.kind != "activities" or self._names(node.id, kind, one)]
        belonging = [Node("activities", a) for each in transfers for a in self.graph.activities_of(each)]
        belonging += [Node("services", s) for each in transfers for s in self.graph.services_of(each)]
        return [*depending, *belonging, *(Node(way.kind, way.id) for way in ways)]

    def _names(self, activity: str, kind: str, one: str) -> bool:
        """Tell whether an activity, or one of its purposes, names data or people itself."""
        record = self.register.activities[activity]
        naming = (record, *record.purpose_records().values())
        return any(one in _listed(getattr(each, kind)) for each in naming)

    def systems(self, nodes: Iterable[Node], parties: Iterable[str]) -> tuple[str, ...]:
        """Return the systems among nodes, and those that parties run."""
        running = [
            Node("systems", one) for one, system in self.register.systems.items() if system.party in set(parties)
        ]
        return self.ids([*nodes, *running], "systems")

    def behind(self, parties: Iterable[str]) -> Iterator[str]:
        """Yield the processors behind parties, each chain to its end."""
        for party in parties:
            for flow in self.graph.onward(party):
                yield from flow.chain[1:]

    def ids(self, nodes: Iterable[Node], kind: str) -> tuple[str, ...]:
        """Return the records of a section among nodes that are in place, in the order of the register."""
        ids = {node.id for node in nodes if node.kind == kind}
        section = getattr(self.register, kind)
        return tuple(one for one in section if one in ids and in_place(section[one], self.standings.day))

    def held(
        self, kind: str, one: str, what: str, ways: list[Way], records: tuple[tuple[str, str], ...]
    ) -> tuple[str, ...]:
        """Return data or people touched: what the ways hand on, else what the activities and services name."""
        if kind == what:
            return (one,)
        if kind == "systems" and what == "data" and isinstance(self.register.systems[one].data, tuple):
            return _listed(self.register.systems[one].data)
        if kind == "transfers":
            return self.graph.data_of(one) if what == "data" else self.graph.people_of(one)
        by_way = {(way.kind, way.id) for way in ways}
        whole = (getattr(getattr(self.register, k)[each], what) for k, each in records if (k, each) not in by_way)
        handed_on = (each for way in ways for each in self.graph.handed_on(way, what))
        return _unique([*handed_on, *(each for some in whole for each in _listed(some))])

    def others(self, parties: tuple[str, ...], ways: list[Way], nodes: list[Node]) -> tuple[str, ...]:
        """Return the parties on the way of the data, behind it, and those that depend on the thing."""
        before = (each for way in ways for each in way.flow.chain)
        behind = (*parties, *self.behind(parties))
        depending = (node.id for node in nodes if node.kind == "parties")
        return _unique([*before, *behind, *depending])


def _listed(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
