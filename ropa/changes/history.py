"""The history of a register: the commits that changed it, through the renaming of its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from ropa.changes.git import git
from ropa.changes.repository import Repository

__all__ = ["Commit", "commits", "is_shallow"]

_FIELDS = "%H%x00%an%x00%aI%x00%s"
_QUIET = ("--no-show-signature", "--no-mailmap", "--no-notes", "--no-color", "--no-ext-diff", "--no-textconv")
_RENAMES = 1000
"""How many files are compared to find out that a folder was renamed; beyond that, only files that did not change."""


@dataclass(frozen=True)
class Commit:
    """A commit that changed a register. Author and date are what the commit says; nothing proves them."""

    id: str
    author: str
    date: str
    """When it was written, in its author's own zone (ISO 8601)."""
    subject: str
    path: str
    """Where the register lay in this commit, from the top of the repository: `f"{id}:{path}"` is for `read_side`."""


def commits(path: str | FilePath, *, revision: str = "HEAD", limit: int | None = None) -> Iterator[Commit]:
    """Yield the commits that changed what lies at a path, the newest first, at most `limit` of them.

    A folder or file that was renamed is followed to its earlier name. In a shallow clone the history
    ends where the clone does (`is_shallow`). Raises GitError.
    """
    repository = Repository(FilePath(path))
    tip, name = repository.commit(revision).commit, repository.name_of(FilePath(path))
    left = limit
    while left is None or left > 0:
        oldest = None
        for oldest in _touching(repository, tip, name, left):
            left = None if left is None else left - 1
            yield oldest
        before = _name_before(repository, oldest) if oldest is not None and name and left != 0 else None
        if oldest is None or before is None:
            return
        tip, name = f"{oldest.id}^", before


def is_shallow(path: str | FilePath) -> bool:
    """Tell whether the repository around a path holds only the newest part of its history. Raises GitError."""
    return Repository(FilePath(path)).shallow


def _touching(repository: Repository, tip: str, name: str, limit: int | None) -> Iterator[Commit]:
    asked = ("log", "-z", f"--format={_FIELDS}", "--encoding=UTF-8", *_QUIET, *(() if limit is None else (f"-{limit}",)), tip, "--")  # fmt: skip
    said = _asked(repository, *asked, *((name,) if name else ())).decode("utf-8", "backslashreplace")
    fields = said.removesuffix("\0").split("\0") if said else []
    for at in range(0, len(fields), 4):
        commit, author, date, subject = fields[at : at + 4]
        yield Commit(commit, author, date, subject, name)


def _name_before(repository: Repository, oldest: Commit) -> str | None:
    """Return what a register was called before the commit that brought its present name, if it was there."""
    asked = ("diff-tree", "-r", "-z", "-M", f"-l{_RENAMES}", "--no-commit-id", "--name-status", "--diff-filter=R", *_QUIET[-2:], oldest.id)  # fmt: skip
    words = _asked(repository, *asked).decode("utf-8", "surrogateescape").split("\0")
    before: Counter[str] = Counter()
    for old, new in zip(words[1::3], words[2::3], strict=False):
        inside = new.removeprefix(oldest.path)
        if new.startswith(oldest.path) and inside[:1] in ("", "/") and f"/{old}".endswith(inside):
            before[f"/{old}".removesuffix(inside).removeprefix("/")] += 1
    return before.most_common(1)[0][0] if before else None


def _asked(repository: Repository, *arguments: str) -> bytes:
    """Ask where names begin at the top of the repository."""
    return git(repository.top, *arguments, asked=repository.folder.as_posix())[0]
