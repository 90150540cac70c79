"""Which version of its text a register is: the commit that git knows, and whether the files still say the same.

Whether a file was changed is told by its own digest, not by git's opinion of the work tree.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path as FilePath

from ropa.changes.git import git
from ropa.errors import GitError
from ropa.loading import Loaded

__all__ = ["revision_of"]


def revision_of(loaded: Loaded) -> str:
    """Return the commit that a register was read from, or that its files stand at, with a `+` if they say something else.

    Nothing without git.
    """
    if loaded.revision is not None:
        return loaded.revision.short
    path = FilePath(loaded.path).absolute()
    folder = path if path.is_dir() else path.parent
    try:
        commit = _git(folder, "rev-parse", "--short=12", "HEAD").decode().strip()
        listed = _git(folder, "ls-tree", "-r", "-z", "HEAD", "--", ".").split(b"\0")
    except GitError:
        return ""
    known = {name: entry.split()[2].decode() for entry, _, name in (line.partition(b"\t") for line in listed if line)}
    same = all(
        known.get(_name(document.file, folder)) in _digests(document.file) for document in loaded.sources.documents
    )
    return commit if same else f"{commit}+"


def _git(folder: FilePath, *arguments: str) -> bytes:
    return git(folder, *arguments, asked=folder.as_posix())[0]


def _name(file: str, folder: FilePath) -> bytes:
    return os.fsencode(os.path.relpath(FilePath(file).absolute(), folder)).replace(b"\\", b"/")


def _digests(file: str) -> set[str]:
    """Return the ids that git would give to a file's content, by either of its digests; with LF for CRLF too."""
    try:
        content = FilePath(file).read_bytes()
    except OSError:
        return set()
    found = set()
    for each in (content, content.replace(b"\r\n", b"\n")):
        header = b"blob %d\0" % len(each)
        found |= {hashlib.sha1(header + each, usedforsecurity=False).hexdigest(), hashlib.sha256(header + each).hexdigest()}  # fmt: skip
    return found
