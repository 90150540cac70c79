"""Typed questions over the register's graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ropa.graph.engagements import Engagements
from ropa.graph.handing import handed_on, purposes_for
from ropa.graph.naming import Named, namers, namesakes
from ropa.model import Activity, Party, Purpose, Register, Service, Transfer, in_place, known
from ropa.source import Path

if TYPE_CHECKING:
    from ropa.graph.build import Digraph, Node

__all__ = ["Flow", "Graph", "Way"]


@dataclass(frozen=True)
class Flow:
    """Data that reach a party: who passes them on to whom, from the first recipient to the last."""

    chain: tuple[str, ...]
    """Ids of parties; the first is the recipient that the activity names, the last the one reached."""

    @property
    def reached(self) -> str:
        """The party at the end."""
        return self.chain[-1]

    @property
    def exporter(self) -> str | None:
        """The party that hands the data to the one at the end; None if the organisation itself does."""
        return self.chain[-2] if len(self.chain) > 1 else None

    @property
    def trail(self) -> tuple[Path, ...]:
        """The chain as paths in the register."""
        return tuple(("parties", one) for one in self.chain)


@dataclass(frozen=True)
class Way:
    """How data of an activity or a service reach a party."""

    kind: str
    """`activities` or `services`."""
    id: str
    """Which activity or service."""
    flow: Flow
    """From whom to whom."""

    @property
    def trail(self) -> tuple[Path, ...]:
        """The activity or service and each party from there on, as paths in the register."""
        return ((self.kind, self.id), *self.flow.trail)


class Graph(Engagements):
    """A register as a graph: parties, activities, purposes, data, people, systems, countries, instruments.

    It is built when the first question is asked that needs it, and once.
    """

    def __init__(self, register: Register) -> None:
        super().__init__(register)

    @cached_property
    def _graph(self) -> Digraph:
        from ropa.graph.build import build

        return build(self.register)

    def touched_by(self, kind: str, one: str) -> tuple[Node, ...]:
        """Return everything that leads to a thing: whatever depends on it, in the order of kind and id."""
        from networkx import ancestors

        from ropa.graph.build import Node

        here = Node(kind, one)
        return tuple(sorted(ancestors(self._graph, here))) if here in self._graph else ()

    # Names

    def named_by(self, section: str, one: str) -> frozenset[Named]:
        """Return the records that name a record themselves, as section and id; `touched_by` follows them on."""
        return self._namers.get((section, one), frozenset())

    @cached_property
    def _namers(self) -> dict[Named, frozenset[Named]]:
        return namers(self.register)

    def namesakes(self, party: str) -> tuple[str, ...]:
        """Return the parties that bear a party's name, itself among them; none if no other does."""
        return self._namesakes.get(party, ())

    @cached_property
    def _namesakes(self) -> dict[str, tuple[str, ...]]:
        return namesakes(self.register)

    # Flows

    def flows(self, one: Activity | Service, on: date | None = None) -> Iterator[Flow]:
        """Yield whom data reach from an activity or a service: each recipient, and the processors behind it.

        With a day, only through parties that are in place on it.
        """
        first = one.recipient_ids() if isinstance(one, Activity) else one.sub_processors
        for party in first if isinstance(first, tuple) else ():
            yield from self.onward(party, on)

    def onward(self, party: str, on: date | None = None) -> Iterator[Flow]:
        """Yield the chains of sub-processors from a party on, itself first; a circle ends where it closes.

        A party that several others engage is reached once by each of them, and followed further once.
        With a day, only through parties that are in place on it.
        """

        def there(one: str) -> bool:
            return on is None or in_place(self.register.parties[one], on)

        if not there(party):
            return
        followed = {party}
        waiting = [Flow((party,))]
        for flow in waiting:
            yield flow
            if flow.reached in followed and len(flow.chain) > 1:
                continue
            followed.add(flow.reached)
            waiting += [
                Flow((*flow.chain, one))
                for one in self.engaged_by(flow.reached)
                if one not in flow.chain and there(one)
            ]

    def circle(self, party: str) -> tuple[str, ...]:
        """Return the shortest chain of sub-processors that leads from a party back to itself; empty if none does."""
        for flow in self.onward(party):
            if party in self.engaged_by(flow.reached):
                return (*flow.chain, party)
        return ()

    def ways_to(self, party: str, on: date | None = None) -> tuple[Way, ...]:
        """Return how data reach a party, the shortest way first, and of those the first by id.

        With a day, only the ways whose records are all in place on it.
        """
        if on not in self._ways_on:
            self._ways_on[on] = self._all_ways(on)
        return self._ways_on[on].get(party, ())

    @cached_property
    def _ways_on(self) -> dict[date | None, dict[str, tuple[Way, ...]]]:
        return {}

    def _all_ways(self, on: date | None) -> dict[str, tuple[Way, ...]]:
        found: dict[str, list[Way]] = {}
        for kind in ("activities", "services"):
            for one, record in getattr(self.register, kind).items():
                if on is None or in_place(record, on):
                    for flow in self.flows(record, on):
                        found.setdefault(flow.reached, []).append(Way(kind, one, flow))
        return {party: tuple(sorted(ways, key=_nearest)) for party, ways in found.items()}

    # Transfers

    def engagers_for(self, transfer: Transfer) -> tuple[str | None, ...]:
        """Return who hands data to the importer of a transfer, of its own activities only if it names them."""
        if transfer.activities is None or not known(transfer.to):
            return super().engagers_for(transfer)
        ways = self.ways_to(transfer.to)
        return tuple(dict.fromkeys(way.flow.exporter for way in ways if way.id in transfer.activities))

    def transfers_of(self, one: str, kind: str = "activities") -> tuple[str, ...]:
        """Return the ids of the transfers that belong to an activity, or to a service.

        Those that it lists, and those on the way of its data, unless they name other activities.
        """
        return tuple(self._ways[kind, one])

    def activities_of(self, transfer: str, on: date | None = None) -> tuple[str, ...]:
        """Return the ids of the activities that a transfer belongs to; of those in place on a day, if one is given."""
        return tuple(one for kind, one, _ in self._belonging(transfer, on) if kind == "activities")

    def services_of(self, transfer: str, on: date | None = None) -> tuple[str, ...]:
        """Return the ids of the services that a transfer belongs to; of those in place on a day, if one is given."""
        return tuple(one for kind, one, _ in self._belonging(transfer, on) if kind == "services")

    def _belonging(self, transfer: str, on: date | None) -> Iterator[tuple[str, str, Flow | None]]:
        for kind, one, flow in self._belongs[transfer]:
            if on is None or in_place(getattr(self.register, kind)[one], on):
                yield kind, one, flow

    def chain_of(self, transfer: str) -> tuple[Path, ...]:
        """Return the way of the data to the importer: an activity or service, and each party from there on.

        Of several ways it is the shortest, and of those the first by id, so that it stays the same
        when records are moved.
        """
        ways = [Way(kind, one, flow) for kind, one, flow in self._belongs[transfer] if flow is not None]
        if ways:
            return min(ways, key=_nearest).trail
        to = self.register.transfers[transfer].to
        listing = sorted((kind, one) for kind, one, _ in self._belongs[transfer])[:1]
        return (*listing, ("parties", to)) if known(to) else tuple(listing)

    def data_of(self, transfer: str, on: date | None = None) -> tuple[str, ...]:
        """Return the categories of data that a transfer carries: its own, else what its activities hand on."""
        stated = self.register.transfers[transfer].data
        return stated if stated is not None else self._carried(transfer, "data", on)

    def people_of(self, transfer: str, on: date | None = None) -> tuple[str, ...]:
        """Return the categories of people whose data a transfer carries, as far as its activities tell."""
        return self._carried(transfer, "data_subjects", on)

    def _carried(self, transfer: str, what: str, on: date | None) -> tuple[str, ...]:
        found = (
            each
            for kind, one, flow in self._belonging(transfer, on)
            for each in handed_on(getattr(self.register, kind)[one], flow.chain[0] if flow else None, what)
        )
        return tuple(dict.fromkeys(found))

    def handed_on(self, way: Way, what: str) -> tuple[str, ...]:
        """Return the `data` or the `data_subjects` that go a way, as far as the record tells."""
        return handed_on(getattr(self.register, way.kind)[way.id], way.flow.chain[0], what)

    def purposes_on(self, way: Way) -> tuple[Purpose, ...]:
        """Return the purposes for which data go a way, as far as the record tells."""
        return purposes_for(getattr(self.register, way.kind)[way.id], way.flow.chain[0])

    def destinations(self, transfer: Transfer) -> tuple[str, ...]:
        """Return the countries a transfer goes to, as far as that is stated: its own, else its importer's."""
        if isinstance(transfer.countries, tuple):
            return transfer.countries
        return self.countries_of(transfer.to) if known(transfer.to) and transfer.to in self.register.parties else ()

    def countries_of(self, party: str) -> tuple[str, ...]:
        """Return where a party is established and processes, as far as that is stated (ISO 3166-1)."""
        return _places(self.register.parties[party])

    @cached_property
    def _ways(self) -> dict[tuple[str, str], dict[str, Flow | None]]:
        """By kind and id: the transfers of an activity or service, each with the flow that it is part of."""
        kinds = ("activities", "services")
        return {(kind, one): self._ways_of(one, kind) for kind in kinds for one in getattr(self.register, kind)}

    def _ways_of(self, one: str, kind: str) -> dict[str, Flow | None]:
        """Return the transfers of an activity or service, each with the flow that it is part of."""
        record: Activity | Service = getattr(self.register, kind)[one]
        ways: dict[str, Flow | None] = {}
        for flow in self.flows(record):
            for transfer in self.transfers_on(flow.exporter, flow.reached):
                only = self.register.transfers[transfer].activities
                if transfer not in ways and (only is None or (kind == "activities" and one in only)):
                    ways[transfer] = flow
        for transfer in record.transfers if isinstance(record.transfers, tuple) else ():
            ways.setdefault(transfer, None)
        return ways

    @cached_property
    def _belongs(self) -> dict[str, list[tuple[str, str, Flow | None]]]:
        """By transfer: the activities and services it belongs to, each with the flow that it is part of."""
        found: dict[str, list[tuple[str, str, Flow | None]]] = {one: [] for one in self.register.transfers}
        for (kind, one), ways in self._ways.items():
            for transfer, flow in ways.items():
                found[transfer].append((kind, one, flow))
        for transfer, record in self.register.transfers.items():
            there = {one for kind, one, _ in found[transfer] if kind == "activities"}
            found[transfer] += [("activities", one, None) for one in record.activities or () if one not in there]
        return found


def _nearest(way: Way) -> tuple[int, str, str]:
    return (len(way.flow.chain), way.kind, way.id)


def _places(party: Party) -> tuple[str, ...]:
    established = (party.country,) if known(party.country) else ()
    elsewhere = party.processes_in if isinstance(party.processes_in, tuple) else ()
    return tuple(dict.fromkeys((*established, *elsewhere)))
