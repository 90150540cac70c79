"""The register as a graph, and typed questions to it. networkx stays inside this room."""

from __future__ import annotations

from ropa.graph.build import Node
from ropa.graph.questions import Flow, Graph, Way

__all__ = ["Flow", "Graph", "Node", "Way"]
