"""The one place that turns a register into a networkx graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from ropa.model import Activity, Party, Register, Service, Transfer, known

if TYPE_CHECKING:
    Digraph = nx.DiGraph["Node"]

__all__ = ["Node", "build"]


class Node(NamedTuple):
    """A thing in the graph: its kind (a section of the register, `purposes`, `countries`, `keeper`) and its id."""

    kind: str
    id: str


KEEPER = Node("keeper", "")
"""The organisation whose register it is."""

Edges = Iterator[tuple[Node, Node, str]]


def build(register: Register) -> Digraph:
    """Build the graph of a register: one node for each thing, one typed edge for each relation."""
    graph: Digraph = nx.DiGraph()
    graph.add_node(KEEPER)
    for section in ("activities", "services", "parties", "transfers", "data", "data_subjects", "systems", "measures"):
        graph.add_nodes_from(Node(section, one) for one in getattr(register, section))
    graph.add_edges_from((start, end, {"kind": kind}) for start, end, kind in _edges(register))
    return graph


def _edges(register: Register) -> Edges:
    for one, activity in register.activities.items():
        yield from _activity(Node("activities", one), activity)
    for one, service in register.services.items():
        yield from _service(Node("services", one), service)
    for one, party in register.parties.items():
        yield from _party(Node("parties", one), party)
    for one, transfer in register.transfers.items():
        yield from _transfer(Node("transfers", one), transfer)
    for one, system in register.systems.items():
        here = Node("systems", one)
        yield from _to(here, "data", system.data, "holds")
        if system.party:
            yield here, Node("parties", system.party), "run by"


def _activity(here: Node, activity: Activity) -> Edges:
    yield KEEPER, here, "responsible for"
    yield from _to(here, "data_subjects", activity.data_subjects, "concerns")
    yield from _to(here, "data", activity.data, "processes")
    yield from _to(here, "parties", activity.recipient_ids(), "discloses to")
    yield from _to(here, "systems", activity.systems, "uses")
    yield from _to(here, "measures", activity.measures, "protected by")
    yield from _to(here, "transfers", activity.transfers, "lists")
    if known(activity.joint_control):
        yield from _to(here, "parties", activity.joint_control.parties, "jointly with")
    for one, purpose in activity.purpose_records().items():
        there = Node("purposes", f"{here.id}.{one}")
        yield here, there, "serves"
        yield from _to(there, "data", purpose.data, "processes")
        yield from _to(there, "data_subjects", purpose.data_subjects, "concerns")


def _service(here: Node, service: Service) -> Edges:
    yield KEEPER, here, "processor in"
    yield from _to(here, "parties", service.controllers, "on behalf of")
    yield from _to(here, "parties", service.sub_processors, "discloses to")
    yield from _to(here, "data_subjects", service.data_subjects, "concerns")
    yield from _to(here, "data", service.data, "processes")
    yield from _to(here, "systems", service.systems, "uses")
    yield from _to(here, "measures", service.measures, "protected by")
    yield from _to(here, "transfers", service.transfers, "lists")


def _party(here: Node, party: Party) -> Edges:
    yield from _to(here, "parties", party.sub_processors, "engages")
    yield from _to(here, "countries", (party.country,), "established in")
    yield from _to(here, "countries", party.processes_in, "processes in")
    if party.parent:
        yield here, Node("parties", party.parent), "controlled by"


def _transfer(here: Node, transfer: Transfer) -> Edges:
    if known(transfer.to):
        yield here, Node("parties", transfer.to), "to"
    yield Node("parties", transfer.exporter) if transfer.exporter else KEEPER, here, "exports"
    yield from _to(here, "countries", transfer.countries, "to country")
    yield from _to(here, "activities", transfer.activities, "belongs to")
    yield from _to(here, "data", transfer.data, "carries")


def _to(here: Node, kind: str, ids: Iterable[str | None] | str | None, relation: str) -> Edges:
    """Yield an edge to each id that is stated; `none` and `unknown` lead nowhere."""
    if known(ids) and not isinstance(ids, str):
        for one in ids:
            if known(one):
                yield here, Node(kind, one), relation
