"""What came of loading a register: its records, its problems, the files they stand in, the commit it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from ropa.model import Register
from ropa.source import Document, Fault, Path, Place, beside_on_disk

if TYPE_CHECKING:
    from ropa.source.files import Beside

__all__ = ["Loaded", "Revision", "Sources"]


@dataclass(frozen=True)
class Sources:
    """The files of a register, and which of them holds which record."""

    documents: tuple[Document, ...] = ()
    holders: dict[Path, Document] = field(default_factory=dict, repr=False)
    merged: dict[str, Any] = field(default_factory=dict, repr=False)
    """The register's plain values, sections put together."""

    def document(self, path: Path) -> Document | None:
        """Return the file that holds what stands at `path`."""
        return self.holders.get(path[:2]) or self.holders.get(path[:1]) or next(iter(self.documents), None)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of the value at `path`, or of its key; of its nearest written parent if it is missing."""
        document = self.document(path)
        return document.place(path, key=key) if document else Place("")

    def excerpt(self, place: Place) -> str:
        """Return the line of text at a place."""
        document = self._by_file.get(place.file)
        return document.line(place.line) if document is not None else ""

    @cached_property
    def _by_file(self) -> dict[str, Document]:
        return {document.file: document for document in self.documents}


@dataclass(frozen=True)
class Revision:
    """A commit that a register was read from: the record as it stood, whatever lies on disk."""

    asked: str
    """As it was asked for: `main`, `HEAD~3`."""
    commit: str
    """The commit's full id."""
    committed: str
    """When it was committed, by its committer's clock and in its zone (ISO 8601)."""

    @property
    def short(self) -> str:
        """The commit's id as people write it."""
        return self.commit[:12]


@dataclass(frozen=True)
class Loaded:
    """What came of loading a register.

    `register` is the typed register, or None if it could not be read whole; then `problems` says
    why, each with file, line and column. `sources` resolves paths to places. `path` is as it was
    asked for: a folder or file, or `main:registers/x` for one that was read out of git.
    """

    path: str
    register: Register | None = None
    problems: tuple[Fault, ...] = ()
    sources: Sources = field(default_factory=Sources, repr=False)
    revision: Revision | None = None
    """The commit that it was read from; None if it was read from disk or memory."""
    beside: Beside = field(default=beside_on_disk(FilePath()), repr=False, compare=False)
    """Reads a file that lies beside it."""
