"""What a change of the register means, each with the provision that wants it: pure functions over both sides."""

from __future__ import annotations

from ropa.changes.consequences import assessments, information, parties, processing
from ropa.changes.consequences.catalogue import Consequence, catalogue, tell
from ropa.changes.versions import Sides

__all__ = ["Consequence", "catalogue", "consequences"]

_FAMILIES = (assessments, information, parties, processing)
"""The modules that look; importing them makes their consequences known."""


def consequences(sides: Sides) -> tuple[Consequence, ...]:
    """Return what follows from the changes between two registers, in the order of the catalogue."""
    return tuple(tell(sides))
