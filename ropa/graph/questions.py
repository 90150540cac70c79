"""Typed questions over the register's graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ropa.model import Activity, Party, Register, Service, Transfer, known
from ropa.source import Path

if TYPE_CHECKING:
    from ropa.graph.build import Digraph, Node

__all__ = ["Flow", "Graph"]


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
    def trail(self) -> tuple[Path, ...]:
        """The chain as paths in the register."""
        return tuple(("parties", one) for one in self.chain)


class Graph:
    """A register as a graph: parties, activities, purposes, data, people, systems, countries, instruments.

    It is built when the first question is asked that needs it, and once.
    """

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def _graph(self) -> Digraph:
        from ropa.graph.build import build

        return build(self.register)

    def flows(self, one: Activity | Service) -> Iterator[Flow]:
        """Yield whom data reach from an activity or a service: each recipient, and the processors behind it."""
        first = one.recipient_ids() if isinstance(one, Activity) else one.sub_processors
        for party in first if isinstance(first, tuple) else ():
            yield from self.onward(party)

    def onward(self, party: str) -> Iterator[Flow]:
        """Yield the chain of sub-processors from a party on, itself first; a circle ends where it closes."""
        seen = {party}
        waiting = [Flow((party,))]
        while waiting:
            flow = waiting.pop(0)
            yield flow
            behind = self.register.parties[flow.reached].sub_processors if flow.reached in self.register.parties else ()
            for one in behind if isinstance(behind, tuple) else ():
                if one not in seen:
                    seen.add(one)
                    waiting.append(Flow((*flow.chain, one)))

    def transfers_to(self, party: str) -> tuple[str, ...]:
        """Return the ids of the transfers whose importer is a party."""
        return self._by_importer.get(party, ())

    def transfers_of(self, one: str, kind: str = "activities") -> tuple[str, ...]:
        """Return the ids of the transfers that belong to an activity, or to a service.

        Those that it lists, and those to the parties its data reach, unless they name other activities.
        """
        record: Activity | Service = getattr(self.register, kind)[one]
        listed = record.transfers if isinstance(record.transfers, tuple) else ()
        reached = (transfer for flow in self.flows(record) for transfer in self.transfers_to(flow.reached))
        named = (
            transfer
            for transfer in reached
            if (only := self.register.transfers[transfer].activities) is None or (kind == "activities" and one in only)
        )
        return tuple(dict.fromkeys((*listed, *named)))

    def activities_of(self, transfer: str) -> tuple[str, ...]:
        """Return the ids of the activities that a transfer belongs to."""
        return self._activities_by_transfer.get(transfer, ())

    def countries_of(self, party: str) -> tuple[str, ...]:
        """Return where a party is established and processes, as far as that is stated (ISO 3166-1)."""
        record = self.register.parties[party]
        return _places(record)

    def destinations(self, transfer: Transfer) -> tuple[str, ...]:
        """Return the countries a transfer goes to, as far as that is stated: its own, else its importer's."""
        if isinstance(transfer.countries, tuple):
            return transfer.countries
        return self.countries_of(transfer.to) if known(transfer.to) and transfer.to in self.register.parties else ()

    def roles(self, transfer: Transfer) -> str | None:
        """Return the relation of exporter and importer (`C2P`), or None if a role is not known."""
        exporter = self._role(transfer.exporter) if transfer.exporter else self._keeper_role(transfer)
        importer = self._role(transfer.to) if known(transfer.to) else None
        return f"{exporter}2{importer}" if exporter and importer else None

    def touched_by(self, kind: str, one: str) -> tuple[Node, ...]:
        """Return everything that leads to a thing: whatever depends on it, in the order of kind and id."""
        from networkx import ancestors

        from ropa.graph.build import Node

        return tuple(sorted(ancestors(self._graph, Node(kind, one))))

    def _role(self, party: str) -> str | None:
        record = self.register.parties.get(party)
        role = record.role if record else None
        if role in ("processor", "sub-processor"):
            return "P"
        return "C" if role in ("controller", "joint-controller", "public-authority") else None

    def _keeper_role(self, transfer: Transfer) -> str:
        """Tell in which role the organisation itself exports: as processor, where only services list it."""
        ids = [one for one, record in self.register.transfers.items() if record is transfer]
        serves = any(one in self._of_services for one in ids)
        return "P" if serves and not any(self.activities_of(one) for one in ids) else "C"

    @cached_property
    def _of_services(self) -> frozenset[str]:
        return frozenset(transfer for one in self.register.services for transfer in self.transfers_of(one, "services"))

    @cached_property
    def _by_importer(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one, transfer in self.register.transfers.items():
            found[transfer.to] = (*found.get(transfer.to, ()), one)
        return found

    @cached_property
    def _activities_by_transfer(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {one: [] for one in self.register.transfers}
        for transfer, record in self.register.transfers.items():
            found[transfer] += record.activities or ()
        for one in self.register.activities:
            for transfer in self.transfers_of(one):
                if one not in found[transfer]:
                    found[transfer].append(one)
        return {transfer: tuple(ids) for transfer, ids in found.items()}


def _places(party: Party) -> tuple[str, ...]:
    established = (party.country,) if known(party.country) else ()
    elsewhere = party.processes_in if isinstance(party.processes_in, tuple) else ()
    return tuple(dict.fromkeys((*established, *elsewhere)))
