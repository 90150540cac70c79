"""Who hands data to whom: who engages a party, and so who exports by a transfer, and in which roles."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from ropa.model import Register, Roles, Transfer, known

__all__ = ["Engagements"]

Exporter = str | None
"""The id of a party; None is the organisation itself."""

Role = Literal["C", "P"]
_RELATIONS: dict[tuple[Role | None, Role | None], Roles] = {
    ("C", "C"): "C2C",
    ("C", "P"): "C2P",
    ("P", "P"): "P2P",
    ("P", "C"): "P2C",
}


class Engagements:
    """The engagements of a register: each answer is looked up, not searched."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def engaged_by(self, party: str) -> tuple[str, ...]:
        """Return the processors that a party engages in turn."""
        record = self.register.parties.get(party)
        return record.sub_processors if record and isinstance(record.sub_processors, tuple) else ()

    def engagers_of(self, party: str) -> tuple[Exporter, ...]:
        """Return who hands data to a party: the organisation itself (None) first, then parties."""
        direct = (None,) if party in self._direct else ()
        return (*direct, *self._engagers.get(party, ()))

    def transfers_to(self, party: str) -> tuple[str, ...]:
        """Return the ids of the transfers whose importer is a party."""
        return self._by_importer.get(party, ())

    def transfers_on(self, exporter: Exporter, importer: str) -> tuple[str, ...]:
        """Return the ids of the transfers by which data go from an exporter to an importer."""
        return self._by_hop.get((exporter, importer), ())

    def exporters_of(self, transfer: str) -> tuple[Exporter, ...]:
        """Return who exports by a transfer: the one it names, else those who engage the importer.

        Who has a transfer to that importer of its own does not export by one that names nobody.
        """
        return self._exporters[transfer]

    def relations(self, transfer: str) -> tuple[tuple[Exporter, Roles | None], ...]:
        """Return each exporter of a transfer with the relation to the importer (`C2P`), None if a role is not known."""
        record = self.register.transfers[transfer]
        importer = self._role(record.to) if known(record.to) else None
        return tuple(
            (exporter, _RELATIONS.get((role, importer)))
            for exporter in self.exporters_of(transfer)
            for role in (self._keeper_roles(transfer) if exporter is None else (self._role(exporter),))
        )

    def _role(self, party: str) -> Role | None:
        record = self.register.parties.get(party)
        role = record.role if record else None
        if role in ("processor", "sub-processor"):
            return "P"
        return "C" if role in ("controller", "joint-controller", "public-authority") else None

    def _keeper_roles(self, transfer: str) -> tuple[Role, ...]:
        """Tell in which roles the organisation itself exports: for its activities, for its services, or both."""
        record = self.register.transfers[transfer]
        roles = self._direct.get(record.to, frozenset()) | self._listing.get(transfer, frozenset())
        if record.activities:
            roles |= {"C"}
        return tuple(sorted(roles)) or ("C" if self.register.controller or not self.register.processor else "P",)

    @cached_property
    def _direct(self) -> dict[str, frozenset[Role]]:
        """By party: as what the organisation itself hands it data, C for an activity, P for a service."""
        found: dict[str, frozenset[Role]] = {}
        for activity in self.register.activities.values():
            for one in activity.recipient_ids():
                found[one] = found.get(one, frozenset()) | {"C"}
        for service in self.register.services.values():
            for one in service.sub_processors if isinstance(service.sub_processors, tuple) else ():
                found[one] = found.get(one, frozenset()) | {"P"}
        return found

    @cached_property
    def _listing(self) -> dict[str, frozenset[Role]]:
        """By transfer: as what the organisation lists it, C for an activity, P for a service."""
        found: dict[str, frozenset[Role]] = {}
        kinds: tuple[tuple[str, Role], ...] = (("activities", "C"), ("services", "P"))
        for service in self.register.services.values():
            for one in service.controllers if isinstance(service.controllers, tuple) else ():
                for transfer in self.transfers_to(one):  # back to whom it is done for
                    found[transfer] = found.get(transfer, frozenset()) | {"P"}
        for kind, role in kinds:
            for record in getattr(self.register, kind).values():
                for one in record.transfers if isinstance(record.transfers, tuple) else ():
                    found[one] = found.get(one, frozenset()) | {role}
        return found

    @cached_property
    def _engagers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for engager in self.register.parties:
            for one in self.engaged_by(engager):
                found.setdefault(one, []).append(engager)
        return {one: tuple(engagers) for one, engagers in found.items()}

    @cached_property
    def _exporters(self) -> dict[str, tuple[Exporter, ...]]:
        found: dict[str, tuple[Exporter, ...]] = {}
        for ids in self._by_importer.values():
            named = {one: self.register.transfers[one].exporter for one in ids}
            for one, exporter in named.items():
                engagers = self.engagers_for(self.register.transfers[one])
                rest = tuple(each for each in engagers if each is None or each not in named.values())
                found[one] = (exporter,) if exporter is not None else rest or (None,)
        return found

    def engagers_for(self, transfer: Transfer) -> tuple[Exporter, ...]:
        """Return who hands data to the importer of a transfer."""
        return self.engagers_of(transfer.to) if known(transfer.to) else ()

    @cached_property
    def _by_hop(self) -> dict[tuple[Exporter, str], tuple[str, ...]]:
        found: dict[tuple[Exporter, str], list[str]] = {}
        for transfer, exporters in self._exporters.items():
            for exporter in exporters:
                found.setdefault((exporter, self.register.transfers[transfer].to), []).append(transfer)
        return {hop: tuple(ids) for hop, ids in found.items()}

    @cached_property
    def _by_importer(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for one, transfer in self.register.transfers.items():
            found.setdefault(transfer.to, []).append(one)
        return {party: tuple(ids) for party, ids in found.items()}
