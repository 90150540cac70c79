"""The only place that runs git. A repository under review is read; nothing that it can name is ever run.

Git runs programs that a repository's own configuration names (a file monitor, hooks, filters, diff
drivers, pagers, a command for ssh), and fetches what a partial clone lacks. Only commands that need none
of them are used, on objects and never on the work tree; each is switched off besides, in the
command line, which goes before every file of configuration.
"""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path as FilePath

from ropa.errors import GitError
from ropa.source import visible

__all__ = ["git"]

TIMEOUT = 60
"""Seconds that one question may take."""

_CONFIG = {
    "core.fsmonitor": "false", "core.hooksPath": os.devnull, "core.pager": "cat", "core.sshCommand": "false",
    "core.askPass": "", "credential.helper": "", "diff.external": "", "protocol.allow": "never",
    "core.warnAmbiguousRefs": "true", "core.quotePath": "false", "color.ui": "false", "log.follow": "false",
    "log.showSignature": "false", "log.mailmap": "false", "submodule.recurse": "false", "core.useReplaceRefs": "false",
}  # fmt: skip
"""What a repository might set otherwise."""
_HARMLESS = (
    "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
    *(word for key, value in _CONFIG.items() for word in ("-c", f"{key}={value}")),
)  # fmt: skip

_ALONE = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}  # fmt: skip
"""No prompt, no lock, no fetching (GIT_NO_LAZY_FETCH for git from 2.45 on, no protocol allowed for those before)."""
_KEPT = ("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
_QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


def git(folder: FilePath, *arguments: str | bytes, asked: str, given: bytes = b"") -> tuple[bytes, str]:
    """Return what git prints on a question about the repository around a folder, and what it remarks.

    Raises GitError about what was `asked`, if there is no git, no repository, or no answer.
    """
    command = [_executable(asked), "-C", os.fspath(folder), *_HARMLESS, *arguments]
    try:
        done = subprocess.run(command, env=_environment(), input=given, capture_output=True, check=False, timeout=TIMEOUT)  # noqa: S603 - fixed words, no shell # fmt: skip
    except subprocess.TimeoutExpired:
        raise GitError(visible(asked), f"git did not answer within {TIMEOUT} seconds") from None
    except (OSError, ValueError) as error:  # a name that holds NUL
        raise GitError(visible(asked), f"git could not be asked: {getattr(error, 'strerror', None) or error}") from None
    remarks = done.stderr.decode("utf-8", "backslashreplace")
    if done.returncode != 0:
        raise GitError(visible(asked), _why(remarks))
    return done.stdout, remarks


@cache
def _found(paths: tuple[str, ...]) -> str:
    name = "git.exe" if os.name == "nt" else "git"
    files = (os.path.join(path, name) for path in paths if os.path.isabs(path))  # noqa: PTH117, PTH118 - words of PATH
    return next((file for file in files if os.access(file, os.X_OK) and not os.path.isdir(file)), "")  # noqa: PTH112


def _executable(asked: str) -> str:
    """Return where git is installed: never in the current folder, which may be the one under review."""
    file = _found(tuple(os.get_exec_path()))
    if not file:
        raise GitError(visible(asked), "git is not installed, and only git can read it")
    return file


def _environment() -> dict[str, str]:
    """Return the environment for git: the user's own, without what leads to another repository or runs a program.

    What the user configures there stays (`GIT_CONFIG_GLOBAL`); the command line goes before it. So does
    the place of objects that a push has brought and no hook has yet let in.
    """
    kept = (*_KEPT, *(_QUARANTINE if "GIT_QUARANTINE_PATH" in os.environ else ()))
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG_") or name in kept
    }
    return {**own, **_ALONE}


def _why(remarks: str) -> str:
    """Say in one line why git gave no answer."""
    if "not a git repository" in remarks:
        return "there is no git repository here"
    if "dubious ownership" in remarks or "unsafe repository" in remarks:
        return "the repository belongs to another user, so git does not open it; if you trust it, add it to `safe.directory` (git config --global --add safe.directory FOLDER)"
    if "promisor" in remarks or "lazy fetching disabled" in remarks:
        return "this clone is partial and lacks the files of that commit, and ropa fetches nothing; clone without `--filter`"
    lines = [line.strip() for line in remarks.splitlines() if line.startswith(("fatal: ", "error: "))]
    return visible(lines[0].partition(": ")[2]) if lines else "git gave no answer"
