"""How a report is to be written: its language, its colours, and the names of its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from posixpath import normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.checking import Report

__all__ = ["Manner"]


def _as_given(file: str) -> str:
    return normpath(file) if file else file


@dataclass(frozen=True)
class Manner:
    """How a report is to be written."""

    language: str = "en"
    """Of the messages (ISO 639-1)."""
    colour: bool = False
    """Whether to colour the text for a terminal."""
    name_file: Callable[[str], str] = _as_given
    """How a platform knows a file by the name under which ropa read it: its path from the root of the repository."""

    def file_of(self, file: str, report: Report) -> str:
        """Return how a platform knows a file; what stands in none is of the register itself."""
        return self.name_file(file or report.loaded.path)
