"""What a workbook wants, put into the register's plain values; and what that changes, said path by path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ropa.source import Path, format_path
from ropa.workbook.comparing import Wanted, overridden
from ropa.workbook.returning import Cell, Remark
from ropa.workbook.rows import in_full, in_short, lists_of

__all__ = ["Change", "changes", "merged", "slug"]


@dataclass(frozen=True)
class Change:
    """One thing that the text would say otherwise: where, before and after (None: nothing), and which cell asked."""

    path: str
    before: Any
    after: Any
    cell: str

    @property
    def kind(self) -> str:
        """Whether it is `added`, `removed` or `changed`."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def merged(plain: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """Return the register's plain values as a workbook wants them; what it does not touch is the same object."""
    new = dict(plain)
    for path in sorted(wanted.records, key=len):  # what owns a part comes first: its copy holds the part as it was
        _apply(new, plain, path, wanted)
    for path, records in wanted.added.items():
        if len(path) == 3 and isinstance(_held(new, path), str) and _held(new, path) != _held(plain, path):
            _clash(wanted, path)
            continue
        _add(new, path, [record for _, record in records])
    for path in sorted(wanted.removed, key=lambda path: path[-1] if isinstance(path[-1], int) else 0, reverse=True):
        if _held(new, path[:-1]) is not None:
            del _own(new, path[:-1])[path[-1]]
    return _tidy(new, plain)


def _apply(new: dict[str, Any], plain: Mapping[str, Any], path: Path, wanted: Wanted) -> None:
    """Put an edited record in its place; what the record that it is a part of says there already stays, or is a conflict."""
    record = wanted.records[path]
    if len(path) == 4:
        table = f"{path[0]}.{path[2]}"
        before, held = _held(plain, path), _held(new, path)
        listed = lists_of(table)
        if held != before:
            old, now = (in_full(table, one) if listed and one is not None else one for one in (before, held))
            if overridden(old, now, joined(old, now, record)) or held is None:
                _clash(wanted, path)
                return
            record = joined(old, now, record)
        _own(new, path[:3])[path[3]] = (
            in_short(table, record) if listed and not isinstance(held, dict) else dict(record)
        )
    elif len(path) == 3 and _held(new, path) not in (_held(plain, path), record):
        _clash(wanted, path)
    else:
        _own(new, path[:-1])[path[-1]] = dict(record) if isinstance(record, Mapping) else record


def _clash(wanted: Wanted, path: Path) -> None:
    """Tell that a part, and the record that it is a part of, say two things of the same."""
    at = wanted.added[path][0][0] if path in wanted.added else next((cell for one, cell in wanted.cells.items() if one[: len(path)] == path), Cell("", 1, 1))  # fmt: skip
    beside = (cell for one, cell in wanted.cells.items() if len(one) == 3 and one[:2] == path[:2] and cell != at)
    other = next(beside, format_path(path[:2]))
    wanted.conflicts.append(Remark(at, "two_answers", {"other": str(other)}))


def joined(before: Any, one: Any, other: Any) -> Any:
    """Return what two edits of the same thing make together; where both changed it, the other one."""
    if other == before:
        return one
    if not all(isinstance(each, dict) for each in (before, one, other)):
        return other
    found = {key: joined(before.get(key), one.get(key), other.get(key)) for key in {**one, **other}}
    return {key: each for key, each in found.items() if each is not None}


def _add(new: dict[str, Any], path: Path, records: list[Any]) -> None:
    """Add new records: by an id of their own, to the mapping or the list of a record's parts."""
    if len(path) == 2:
        if not isinstance(new.get(str(path[0])), dict):
            new[str(path[0])] = {}
        _own(new, path[:1])[path[1]] = dict(records[0])
        return
    holder, part = _own(new, path[:2]), str(path[2])
    if lists_of(f"{path[0]}.{part}"):
        kept = holder.get(part)
        holder[part] = [*(kept if isinstance(kept, list) else []), *records]
        return
    parts = dict(holder[part]) if isinstance(holder.get(part), dict) else {}
    for record in records:
        parts[slug(_named(record), parts)] = record
    holder[part] = parts


def _named(record: Mapping[str, Any]) -> str:
    name = record.get("name", "")
    return next(iter(name.values()), "") if isinstance(name, dict) else str(name)


def slug(name: str, taken: Mapping[str, Any]) -> str:
    """Return an id for a name that no other record of its kind has."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    one = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "new"
    at = 2
    found = one
    while found in taken:
        found, at = f"{one}-{at}", at + 1
    return found


def _own(new: dict[str, Any], path: Path) -> Any:
    """Return what stands at a path, copied on the way so that the old values stay as they were."""
    held: Any = new
    for step in path:
        copied = held[step].copy() if isinstance(held[step], (dict, list)) else {}
        held[step] = copied
        held = copied
    return held


def _held(new: Any, path: Path) -> Any:
    for step in path:
        try:
            new = new[step]
        except (KeyError, IndexError, TypeError):
            return None
    return new


def _tidy(new: dict[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out parts that were emptied: no row left is no statement that there is none."""
    for section, records in new.items():
        if records is old.get(section) or not isinstance(records, dict):
            continue
        for one, record in records.items():
            before = old.get(section, {}).get(one) if isinstance(old.get(section), dict) else None
            if isinstance(record, dict) and record is not before:
                records[one] = {key: each for key, each in record.items() if each is not None and not (each in ([], {}) and isinstance(before, dict) and before.get(key) not in ([], {}))}  # fmt: skip
    return new


def changes(old: Any, new: Any, wanted: Wanted, path: Path = ()) -> Iterator[Change]:
    """Yield what differs between two versions of a register's plain values, each at its own place."""
    if old is new or (type(old) is type(new) and old == new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from changes(old.get(key), new.get(key), wanted, (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(one, dict) for one in (*old, *new)):
        yield from _in_list(old, new, wanted, path)
    else:
        yield Change(format_path(path), old, new, _asked(wanted, path))


def _in_list(old: list[Any], new: list[Any], wanted: Wanted, path: Path) -> Iterator[Change]:
    """Yield what differs between two lists of records: those that went, those that came, those that changed."""
    gone = {at for at in range(len(old)) if (*path, at) in wanted.removed}
    kept = [at for at in range(len(old)) if at not in gone]
    for at in sorted(gone):
        yield Change(format_path((*path, at)), old[at], None, _asked(wanted, (*path, at)))
    for at, each in zip(kept, new, strict=False):
        yield from changes(old[at], each, wanted, (*path, at))
    for at in range(len(kept), len(new)):
        yield Change(format_path((*path, at)), None, new[at], _asked(wanted, path))


def _asked(wanted: Wanted, path: Path) -> str:
    """Return the cell that asked for what stands at a path, or for what it stands in."""
    for length in range(len(path), 0, -1):
        cell: Cell | None = wanted.cells.get(path[:length]) or wanted.removed.get(path[:length])
        if cell is not None:
            return str(cell)
    return ""
