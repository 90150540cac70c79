"""Which version of its text a register is: the commit that git knows, and whether the files still say the same.

Git is asked with nothing that a repository can make it run: no hooks, no file monitor, no filters, no
fetching. Whether a file was changed is told by its own digest, not by git's opinion of the work tree.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path as FilePath

from ropa.loading import Loaded

__all__ = ["revision_of"]

_HARMLESS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--no-optional-locks", "--literal-pathspecs")  # fmt: skip
_ALONE = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def revision_of(loaded: Loaded) -> str:
    """Return the commit that the register's files stand at, with a `+` if they say something else; nothing without git."""
    path = FilePath(loaded.path).absolute()
    folder = path if path.is_dir() else path.parent
    commit = _git(folder, "rev-parse", "--short=12", "HEAD").decode().strip()
    if not commit:
        return ""
    listed = _git(folder, "ls-tree", "-r", "-z", "HEAD", "--", ".").split(b"\0")
    known = {name: entry.split()[2].decode() for entry, _, name in (line.partition(b"\t") for line in listed if line)}
    same = all(
        known.get(_name(document.file, folder)) in _digests(document.file) for document in loaded.sources.documents
    )
    return commit if same else f"{commit}+"


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


def _git(folder: FilePath, *arguments: str) -> bytes:
    """Return what git prints; nothing if there is no git, or no repository."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *_HARMLESS, *arguments], env={**os.environ, **_ALONE}, capture_output=True, check=False, timeout=20)  # noqa: S603, S607 - fixed words, no shell # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""
