"""What fits in a comment: how long a text is there, and how much of one people read."""

from __future__ import annotations

__all__ = ["LIMIT", "ROOM", "length", "short"]

LIMIT = 65_536
"""UTF-16 units that GitHub takes in a comment."""
ROOM = LIMIT - 1_536
"""What a report takes of them: the rest is for what a workflow writes around it, and for the sentence on what is left out."""
_READ = 2000


def short(text: str) -> str:
    """Return a text that no name of a register can make longer than what one reads in a comment."""
    return text if len(text) <= _READ else text[:_READ] + "…"


def length(text: str) -> int:
    """Return how long a text is where characters are counted in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
