"""The register's own history: for each commit, what it changed in what the register says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path as FilePath

from ropa.changes.comparison import Comparison, compared
from ropa.changes.history import Commit, commits
from ropa.changes.sides import read_side
from ropa.law import Law
from ropa.loading import Loaded
from ropa.model import Register
from ropa.source import Path

__all__ = ["Step", "story"]


@dataclass(frozen=True)
class Step:
    """What one commit changed.

    `loaded` is the register as the commit left it. `comparison` is None where it could not be read whole
    (`loaded.problems` say why). `record` is what the record asked about was called in it.
    """

    commit: Commit
    loaded: Loaded
    comparison: Comparison | None
    record: Path = ()


def story(path: str | FilePath, law: Law, on: date, *, revision: str = "HEAD", record: Path = (), limit: int | None = None) -> Iterator[Step]:  # fmt: skip
    """Yield what each commit changed in a register, the newest first, at most `limit` steps; the first brings all there is.

    With `record` (`("activities", "newsletters")`) only the commits that changed it, followed through
    changes of its id. A version that could not be read whole is a step without a comparison: what it
    changed is part of the next that could. `on` is the day on which a record counts as in place.
    Raises GitError.
    """
    steps = _steps(path, law, on, revision)
    return islice(_of(steps, record) if record else steps, limit)


def _steps(path: str | FilePath, law: Law, on: date, revision: str) -> Iterator[Step]:
    """Yield a step for each commit; each version is read once."""
    later: tuple[Commit, Loaded] | None = None
    broken: list[Step] = []
    for commit in commits(path, revision=revision):
        loaded = read_side(f"{commit.id[:12]}:{commit.path}", folder=FilePath(path), missing_ok=True)
        if loaded.register is None:
            broken.append(Step(commit, loaded, None))
            continue
        if later is not None:
            yield Step(*later, compared(loaded, later[1], law, on))
        yield from broken
        broken.clear()
        later = commit, loaded
    if later is not None:
        yield Step(*later, compared(Loaded("", Register(ropa=1)), later[1], law, on))
    yield from broken


def _of(steps: Iterator[Step], record: Path) -> Iterator[Step]:
    """Yield the steps that changed a record, under the id it had in each."""
    for step in steps:
        if step.comparison is None:
            continue
        before = step.comparison.renames.before(record)
        if before != record or any(change.record == record for change in step.comparison.changes):
            yield Step(step.commit, step.loaded, step.comparison, record)
        record = before
