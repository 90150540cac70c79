"""How much changed, in one line."""

from __future__ import annotations

from ropa.changes.difference import Difference
from ropa.changes.wording import phrase

__all__ = ["counted", "later"]


def counted(difference: Difference, language: str) -> str:
    """Return how many changes, consequences and findings there are; that the register says the same, if there are none."""
    found = (
        ("count_change", "count_changes", len(difference.changes)),
        ("count_consequence", "count_consequences", len(difference.consequences)),
        ("count_appeared_one", "count_appeared", len(difference.appeared)),
        ("count_vanished_one", "count_vanished", len(difference.vanished)),
    )
    said = [phrase(one if number == 1 else many, language, number=number) for one, many, number in found if number]
    return ", ".join(said) if said else phrase("none", language)


def later(difference: Difference, language: str) -> str:
    """Return a sentence on what begins or ends after the day asked about: nothing was told of it."""
    return phrase("later", language, day=difference.head.on.isoformat(), days=", ".join(difference.later))
