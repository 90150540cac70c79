"""A repository as a reader of registers asks it: which commit is meant, what lies where in it, what the files hold."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath

from ropa.changes.git import git
from ropa.errors import GitError, nearest
from ropa.loading import Revision
from ropa.source import visible

__all__ = ["Entry", "Repository", "normal", "parted"]

_REFLOG_BY_TIME = re.compile(r"@\{(?!-?\d+\}|u\}|upstream\}|push\})", re.IGNORECASE)
_CHUNK = 32 * 1024 * 1024
"""Bytes of files that are asked for at once, so that a large register is not held whole."""


@dataclass(frozen=True)
class Entry:
    """What a tree holds under a name: `kind` is file, folder, link or submodule; `size` is in bytes."""

    name: str
    kind: str
    id: str
    size: int = 0


_KINDS = {"100": "file", "120": "link", "160": "submodule", "040": "folder"}


class Repository:
    """The repository around a folder, or around the nearest that exists of those above it.

    A bare repository is its own folder. Names in it are texts parted by `/`, bytes that are no UTF-8
    escaped as the disk's are. Every question may raise GitError.
    """

    def __init__(self, folder: FilePath) -> None:
        try:
            start = FilePath(os.path.abspath(folder))  # noqa: PTH100 - `..` falls away, links stay
        except FileNotFoundError:
            raise GitError(visible(str(folder)), "the current folder no longer exists") from None
        self.folder = next((one for one in (start, *start.parents) if os.path.isdir(one)), start)  # noqa: PTH112 - a path may be no path at all

    def ask(self, *arguments: str | bytes, asked: str = "", given: bytes = b"") -> bytes:
        """Return what git prints about a question."""
        return git(self.folder, *arguments, asked=asked or self.folder.as_posix(), given=given)[0]

    @cached_property
    def top(self) -> FilePath:
        """The folder that names in the repository begin at: that of the work tree, or the bare repository itself."""
        bare = self.ask("rev-parse", "--is-bare-repository").strip() == b"true"
        found = self.ask("rev-parse", "--absolute-git-dir" if bare else "--show-toplevel")
        return FilePath(os.fsdecode(found.removesuffix(b"\n").removesuffix(b"\r")))

    @property
    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return self.ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def name_of(self, path: FilePath) -> str:
        """Return the name in the repository of a path on disk, whether or not anything lies there."""
        try:
            real, top = os.path.realpath(path), os.path.realpath(self.top)
        except ValueError:  # it holds NUL
            raise GitError(visible(str(path)), "that is no path") from None
        name = os.path.relpath(real, top).replace(os.sep, "/")
        if name == ".." or name.startswith("../"):
            raise GitError(visible(str(path)), f"it lies outside the repository {visible(str(self.top))}")
        return "" if name == "." else name

    def commit(self, asked: str) -> Revision:
        """Return the commit that a revision names (`main`, `v1.2`, `HEAD~3`, `4f1c9ab`)."""
        if not asked or asked.startswith(("-", ":", "^")) or "\0" in asked:
            raise GitError(visible(asked) or "--rev", "that is no name of a revision, as `main`, `v1.2` or `HEAD~3`")
        if _REFLOG_BY_TIME.search(asked):
            why = "that asks when this clone last moved, not how the record stood; `--rev-on DATE` asks for a day's commit"
            raise GitError(visible(asked), why)
        try:
            question = ("rev-parse", "--verify", "--end-of-options", f"{asked}^{{commit}}")
            found, remarks = git(self.folder, *question, asked=asked)
        except GitError as error:
            raise GitError(error.what, self._unknown(asked, error.why)) from None
        if "is ambiguous" in remarks:
            raise GitError(
                visible(asked), "several have this name; write refs/heads/… for a branch, refs/tags/… for a tag"
            )
        return self._dated(asked, found.decode().strip())

    def commit_on(self, asked: str, day: date) -> Revision:
        """Return the last commit of a revision's own line that was committed on or before a day.

        The line is that of first parents: what was merged counts from its merge on. A commit's day is
        what its committer's clock said, in the committer's own zone.
        """
        tip = self.commit(asked)
        listed = self.ask("log", "-z", "--first-parent", "--format=%H %cI", tip.commit, "--", asked=asked).decode()
        for line in listed.split("\0"):
            commit, _, committed = line.partition(" ")
            if committed and committed[:10] <= day.isoformat():
                return Revision(commit[:12], commit, committed)
        cut = ", and this clone is shallow: fetch the rest with `git fetch --unshallow`" if self.shallow else ""
        raise GitError(visible(asked), f"no commit of it is as old as {day}{cut}")

    def _dated(self, asked: str, commit: str) -> Revision:
        if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
            raise GitError(visible(asked), "that names no single commit")
        said = self.ask("log", "-1", "--no-walk", "--format=%cI", commit, "--", asked=asked)
        return Revision(asked, commit, said.decode().strip())

    def _unknown(self, asked: str, why: str) -> str:
        """Say why a revision names no commit."""
        if "dereferences to" in why or "expected commit type" in why:
            return "that names no commit"
        if "ambiguous" in why:
            return "several objects have an id that begins so; write more of it"
        if "Needed a single revision" not in why and "bad revision" not in why and "unknown revision" not in why:
            return why
        if self.shallow:
            return "no such commit in this shallow clone; fetch the rest with `git fetch --unshallow` (in CI, `fetch-depth: 0`)"
        names = self.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
        known = names.decode("utf-8", "surrogateescape").splitlines()
        near = next((one for one in known if one.endswith(f"/{asked}")), None) or nearest(asked, known)
        return "no revision is called so" + (f"; did you mean {visible(near)}?" if near else "")

    def find(self, revision: Revision, name: str) -> Entry | None:
        """Return what lies under a name in a commit; the top of it under no name; None if nothing does."""
        if not name:
            return Entry("", "folder", revision.commit)
        listed = self.ask(
            "ls-tree", "-l", "-z", "--full-tree", revision.commit, "--", name, asked=f"{revision.asked}:{name}"
        )
        return next((entry for entry in _entries(listed) if entry.name == name), None)

    def listed(self, tree: str, asked: str) -> list[Entry]:
        """Return all that a tree holds, with all that its folders hold."""
        return list(_entries(self.ask("ls-tree", "-r", "-t", "-l", "-z", "--full-tree", tree, asked=asked)))

    def contents(self, files: Sequence[Entry], asked: str) -> Iterator[bytes]:
        """Yield what files hold, in their order."""
        chunk: list[Entry] = []
        size = 0
        for entry in files:
            size += entry.size
            if chunk and size > _CHUNK:
                yield from self._contents(chunk, asked)
                chunk, size = [], entry.size
            chunk.append(entry)
        yield from self._contents(chunk, asked)

    def _contents(self, chunk: Iterable[Entry], asked: str) -> Iterator[bytes]:
        given = "".join(f"{entry.id}\n" for entry in chunk).encode()
        answer, at = self.ask("cat-file", "--batch", asked=asked, given=given) if given else b"", 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            _, kind, *size = answer[at:end].split(b" ")
            if kind != b"blob":
                raise GitError(visible(asked), "the repository lacks a file of that commit (see `git fsck`)")
            at = end + 1 + int(size[0])
            yield answer[end + 1 : at]
            at += 1

    def followed(self, tree: str, names: Sequence[str], asked: str) -> list[tuple[str, str]]:
        """Follow names in a tree through its links. For each, what is there and its detail.

        That is `blob` or `tree` with its id; `symlink` with where the link leads outside the tree;
        `missing`, `dangling`, `loop` or `notdir`, where it leads to nothing.
        """
        given = b"".join(f"{tree}:{name}\n".encode("utf-8", "surrogateescape") for name in names if "\n" not in name)
        answer = self.ask("cat-file", "--batch-check", "--follow-symlinks", asked=asked, given=given) if given else b""
        lines = iter(answer.decode("utf-8", "surrogateescape").split("\n"))
        return [("missing", "") if "\n" in name else _answer(lines) for name in names]


def _answer(lines: Iterator[str]) -> tuple[str, str]:
    """Read one answer of `git cat-file --batch-check --follow-symlinks`."""
    first, *rest = next(lines).rsplit(" ", 2)
    if not rest[-1].isdigit():  # `missing`, or, from a newer git, `submodule`
        return "missing", ""
    if len(rest) == 2:
        return rest[0], f"{first} {rest[1]}"
    text = next(lines)
    while len(text.encode("utf-8", "surrogateescape")) < int(rest[0]):  # a name may hold a line break
        text += "\n" + next(lines)
    return first, text


def _entries(listed: bytes) -> Iterator[Entry]:
    for line in listed.split(b"\0"):
        if line:
            facts, _, name = line.partition(b"\t")
            mode, _, one, *size = facts.decode().split()
            length = int(size[0]) if size and size[0].isdigit() else 0
            yield Entry(name.decode("utf-8", "surrogateescape"), _KINDS.get(mode[:3], "file"), one, length)


def parted(spec: str) -> tuple[str, str | None]:
    """Part `REV:path` at its first colon that stands outside braces; the path is None if there is no colon."""
    depth = 0
    for at, character in enumerate(spec):
        depth += (character == "{") - (character == "}")
        if character == ":" and depth <= 0 and at:
            return spec[:at], spec[at + 1 :]
    return spec, None


def normal(path: str, prefix: str, asked: str) -> str:
    """Return a path in a commit without `.` and `..`: from the top, or, if it begins with `./` or `../`, from `prefix`."""
    if path.startswith("/"):
        raise GitError(visible(asked), "a path in a commit begins at the top of the repository, without `/`")
    full = posixpath.join(prefix, path) if path in (".", "..") or path.startswith(("./", "../")) else path
    name = posixpath.normpath(full) if full else "."
    if name == ".." or name.startswith("../"):
        raise GitError(visible(asked), "it lies outside the repository")
    return "" if name == "." else name
