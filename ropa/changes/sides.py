"""A register as one side of a comparison: on disk, or as it stood in a commit, read without touching the work tree."""

from __future__ import annotations

import errno
import os
import posixpath
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ropa.changes.repository import Entry, Repository, normal, parted
from ropa.errors import GitError
from ropa.loading import Loaded, Revision, load, load_found
from ropa.model import Register
from ropa.source import Fault, Place, below, chosen, visible
from ropa.source.files import OUTSIDE, belongs, too_large, unopened

if TYPE_CHECKING:
    from ropa.source.files import Found

__all__ = ["load_at", "read_side"]

_WHOLE_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HEADER = re.compile(rb'^(?:\xef\xbb\xbf)?(?:\{?ropa|[\s{]*"ropa")\s*:\s*\d', re.MULTILINE)
"""How a register says what it is, in YAML or JSON."""


def read_side(spec: str, *, folder: FilePath = FilePath(), default: str = "", missing_ok: bool = False) -> Loaded:
    """Load one side of a comparison: a folder or file, or `REV:path`, or `REV`.

    What exists on disk (from `folder` on) goes first; `./` or `/` before it makes that certain. Only the whole
    id of a commit is never a file: else whoever opens a pull request could call a folder like its base. A path in
    a commit begins at the top of the repository, as git has it, or at `folder` if it begins with `./`.
    A revision alone asks for the register that `default`, the other side, names; failing that, for the
    only register of the repository: the only folder with a file that says `ropa: 1`. With `missing_ok`
    a path that is not in the commit is an empty register. Places read `main:registers/x/a.yaml`.

    Raises GitError: no git, no repository, no such revision or path, several registers to choose from.
    """
    certain = spec.startswith(("./", "../")) or spec in (".", "..") or FilePath(spec).is_absolute()
    revision, path = parted(spec)
    named = not _WHOLE_ID.fullmatch(revision) and os.path.exists(folder / spec)  # noqa: PTH110 - a path may be no path at all
    if certain or named:
        return load(folder / spec)
    repository = Repository(folder)
    try:
        at = repository.commit(revision)
    except GitError as error:
        if path is not None:
            raise
        raise GitError(error.what, f"no file or folder here is called so, and as a revision: {error.why}") from None
    if path is None:
        name = _meant(repository, at, default, folder)
    else:
        name = normal(path, repository.name_of(folder), spec)
    return _load(repository, at, name, missing_ok=missing_ok)


def load_at(path: str | FilePath, revision: str = "HEAD", *, on: date | None = None) -> Loaded:
    """Load a register as it stood in a commit, whatever now lies at its path on disk.

    With `on` it is the last commit of the revision's own line (first parents) on or before that day.
    Raises GitError: no git, no repository around the path, no such revision, nothing there at the time.
    """
    path = FilePath(path)
    repository = Repository(path)
    at = repository.commit(revision) if on is None else repository.commit_on(revision, on)
    return _load(repository, at, repository.name_of(path), missing_ok=False)


def _meant(repository: Repository, at: Revision, other: str, folder: FilePath) -> str:
    """Return the name in the repository of the register that a revision alone asks for."""
    _, path = parted(other)
    if other and os.path.exists(folder / other):  # noqa: PTH110 - a path may be no path at all
        return repository.name_of(folder / other)
    if path is not None:
        return normal(path, repository.name_of(folder), other)
    found = _registers(repository, at)
    if len(found) != 1:
        choice = ", ".join(visible(f"{at.asked}:{one}") for one in found[:6])
        why = f"it holds {len(found)} registers; name one of {choice}" if found else "it holds no register"
        raise GitError(visible(at.asked), why)
    return found[0]


def _registers(repository: Repository, at: Revision) -> list[str]:
    """Return the registers in a commit: the topmost folders with a file that says `ropa: 1`."""
    entries = {one.name: one for one in repository.listed(at.commit, at.asked) if one.kind == "file"}
    names = [name for name, fault in chosen("", entries) if fault is None and not too_large(name, entries[name].size)]
    texts = repository.contents([entries[name] for name in names], at.asked)
    folders = {posixpath.dirname(name) for name, text in zip(names, texts, strict=True) if _HEADER.search(text)}
    return sorted(one for one in folders if not any(_above(other, one) for other in folders))


def _above(folder: str, name: str) -> bool:
    return folder != name and (not folder or name.startswith(f"{folder}/"))


def _load(repository: Repository, at: Revision, name: str, *, missing_ok: bool) -> Loaded:
    path = f"{at.asked}:{name}"
    entry = repository.find(at, name)
    if entry is None and missing_ok:
        return Loaded(path, Register(ropa=1), revision=at)
    if entry is None:
        raise GitError(visible(path), "nothing of this name is in that commit")
    if entry.kind in ("link", "submodule"):
        what = {"link": "a symbolic link; name what it leads to", "submodule": "a submodule; ask in its own repository"}
        raise GitError(visible(path), f"it is {what[entry.kind]}")
    tree = _Tree(repository, at, entry if entry.kind == "folder" else _folder(repository, at, name))
    found = tree.found() if entry.kind == "folder" else tree.single(entry)
    return load_found(path, found, tree.beside, at)


def _folder(repository: Repository, at: Revision, name: str) -> Entry:
    entry = repository.find(at, posixpath.dirname(name))
    assert entry is not None
    return entry


class _Tree:
    """A folder in a commit, as a source of files: the counterpart of `ropa.source.disk`."""

    def __init__(self, repository: Repository, at: Revision, folder: Entry) -> None:
        self.repository, self.at, self.folder = repository, at, folder
        self.path = f"{at.asked}:{folder.name}"

    def found(self) -> Iterator[Found]:
        """Find the files of a register, by the same rules as on disk; a submodule is a fault."""
        entries = {entry.name: entry for entry in self._listed if entry.kind != "folder"}
        links = self._links(entries)
        modules = {name for name, entry in entries.items() if entry.kind == "submodule"}
        names = [name for name, entry in entries.items() if entry.kind == "file" or name in links or name in modules]
        taken = [(name, fault or self._fault(entries.get(name), links)) for name, fault in chosen(self.path, names, {*links, *modules})]  # fmt: skip
        files = [entries[name] for name, fault in taken if fault is None and name not in links]
        contents = self.repository.contents(files, self.path)
        for name, fault in taken:
            if fault is not None:
                yield below(self.path, name), b"", fault
            elif name not in links:
                yield below(self.path, name), next(contents), None

    def single(self, file: Entry) -> Iterator[Found]:
        """Find the one file that a register is."""
        path = f"{self.at.asked}:{file.name}"
        fault = too_large(path, file.size)
        yield path, b"" if fault else next(self.repository.contents([file], path)), fault

    def beside(self, name: str) -> tuple[bytes, str]:
        """Read a file beside the register, or say why not; links are followed within the folder."""
        at = posixpath.normpath(name)
        if at.startswith(("/", "../")) or at == "..":
            return b"", OUTSIDE
        ((kind, detail),) = self.repository.followed(self.folder.id, ["" if at == "." else at], self.path)
        if kind == "symlink":
            return b"", OUTSIDE
        if kind == "tree":
            return b"", unopened(name, errno.EISDIR).message
        if kind != "blob":
            return b"", unopened(name, errno.ENOENT).message
        one, _, size = detail.partition(" ")
        why = too_large(name, int(size))
        content = b"" if why else next(self.repository.contents([Entry(name, "file", one, int(size))], self.path))
        return content, why.message if why else ""

    @cached_property
    def _listed(self) -> list[Entry]:
        return self.repository.listed(self.folder.id, self.path)

    def _links(self, entries: dict[str, Entry]) -> dict[str, str]:
        """Return the links that could lead to files of a register, with what keeps each from being one.

        Those that lead within the folder need no fault, for what they lead to is read anyway.
        """
        names = [name for name, entry in entries.items() if entry.kind == "link"]
        followed = dict(zip(names, self.repository.followed(self.folder.id, names, self.path), strict=True))
        beyond = self._beyond({name: target for name, (kind, target) in followed.items() if kind == "symlink"})
        links = {}
        for name, (kind, _) in followed.items():
            away = beyond.get(name, "")
            if belongs(name) or "tree" in (kind, away):
                within = kind in ("blob", "tree")
                links[name] = "" if within else "outside" if away not in ("", "missing") else "broken-link"
        return links

    def _beyond(self, targets: dict[str, str]) -> dict[str, str]:
        """Return what lies where links leave the register: a `blob` or `tree` of the same commit, or `missing`.

        Outside the repository it is `unknown`: the disk of whoever checks is no part of the record.
        """
        lie = {name: posixpath.normpath(posixpath.join(self.folder.name, target)) for name, target in targets.items()}
        inside = {name: at for name, at in lie.items() if at != ".." and not at.startswith(("/", "../"))}
        asked = ["" if at == "." else at for at in inside.values()]
        kinds = (kind for kind, _ in self.repository.followed(self.at.commit, asked, self.path))
        known = {"blob": "blob", "tree": "tree", "symlink": "unknown"}
        found = {name: known.get(kind, "missing") for name, kind in zip(inside, kinds, strict=True)}
        return {name: found.get(name, "unknown") for name in targets}

    def _fault(self, entry: Entry | None, links: dict[str, str]) -> Fault | None:
        """Return what keeps an entry from being read."""
        if entry is None:
            return None
        place = Place(below(self.path, entry.name))
        if entry.kind == "submodule":
            return Fault("SRC01", place, "submodule")
        if entry.kind == "link":
            return Fault("SRC01", place, links[entry.name]) if links[entry.name] else None
        return too_large(place.file, entry.size)
