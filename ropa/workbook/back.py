"""The way back: a workbook that came back becomes a change of the register's text, to be looked at and then written."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from ropa.errors import WorkbookError, WriteError
from ropa.graph import Graph
from ropa.law import Law
from ropa.loading import Loaded, load_again
from ropa.model import BY_ID, Register
from ropa.model.base import ID_PATTERN
from ropa.source import Document, Fault, Path, read_file, visible
from ropa.source.page import translate
from ropa.source.rewriting import rewritten, written
from ropa.source.saving import put_all
from ropa.standing import Standings
from ropa.workbook.comparing import Wanted, compare
from ropa.workbook.layout import LAYOUTS, Layout, layout
from ropa.workbook.merging import Change, changes, merged, slug
from ropa.workbook.remembering import MEMORY, Memory, remembered
from ropa.workbook.returning import Cell, Remark, Seen, seen
from ropa.workbook.speaking import Speaker
from ropa.workbook.unpacking import Table, unpacked

__all__ = ["Returned", "returned"]


@dataclass(frozen=True)
class Returned:
    """What a workbook that came back says, compared with the register's text.

    `changes` are what the text would say otherwise; `conflicts` what both the workbook and the text
    changed since the export; `refused` what is not understood; `remarks` what is worth knowing and
    changes nothing. `files` are the new texts by name (None for a file that goes).
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Remark, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    files: Mapping[str, str | None] = field(repr=False)
    loaded: Loaded = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether all of it can be written."""
        return not (self.conflicts or self.refused)

    def write(self) -> None:
        """Change the register's files: all of them, or none.

        Raises WriteError if there are conflicts, if something was refused, or if a file was changed
        meanwhile; then nothing was written.
        """
        if not self.ok:
            raise WriteError(self.loaded.path, "what is in conflict or was refused comes first")
        known = {document.file: document.text for document in self.loaded.sources.documents}
        for name in self.files:
            if name in known and read_file(FilePath(name), name)[0] != known[name]:
                raise WriteError(name, "it was changed meanwhile; import again")
            if name not in known and os.path.lexists(name):
                raise WriteError(name, "something stands there already")
        put_all({name: None if text is None else _encoded(name, text) for name, text in self.files.items()})


def _encoded(name: str, text: str) -> bytes:
    """Return a text as its file holds it: with a byte order mark, if it had one."""
    file = FilePath(name)
    marked = file.is_file() and file.read_bytes().startswith(BOM_UTF8)
    return (BOM_UTF8 if marked else b"") + text.encode()


def returned(loaded: Loaded, path: str | os.PathLike[str], *, law: Law | None = None, own_layout: str = "") -> Returned:
    """Read a workbook that came back, and say what it changes in a register.

    `own_layout` names the file of one's own layout, if it was exported with one. Raises
    WorkbookError if the file cannot be read, or is no workbook of a register; LayoutError.
    """
    if loaded.register is None:
        raise WorkbookError(os.fspath(path), "the register could not be read whole; its faults come first")
    tables = unpacked(path)
    memory = next((remembered(table.rows) for table in tables if table.name == MEMORY), None)
    if own_layout and memory and memory.layout in LAYOUTS and memory.layout != own_layout:
        raise WorkbookError(os.fspath(path), f"it was exported with the layout {memory.layout}; leave out `--layout`")
    used = layout(own_layout or _layout_named(memory, os.fspath(path)))
    sheets = list(seen(tables, used))
    if not sheets:
        raise WorkbookError(os.fspath(path), "no sheet of it is one that `ropa export` wrote; export the register, and edit that")  # fmt: skip
    if memory is not None and not _of_this_register(memory, loaded):
        raise WorkbookError(os.fspath(path), "hardly any record it was exported with is in this register; name the one it came from with `--into`")  # fmt: skip
    reading = _Reading(loaded, loaded.register, used, memory, sheets, law or Law.load())
    return reading.read(tables)


def _of_this_register(memory: Memory, loaded: Loaded) -> bool:
    """Tell whether a workbook can be of a register: one in five of its records is still there. An empty one may be any's."""
    ids = {one.partition(".")[0].partition("/")[0] for cells in memory.cells.values() for one in cells}
    ids -= {"controller", "processor"}
    there = {one for section in BY_ID for one in loaded.sources.merged.get(section) or ()}
    return not ids or not there or 5 * len(ids & there) >= len(ids)


def _layout_named(memory: Memory | None, path: str) -> str:
    """Return the layout that a workbook was exported with; a stranger's file names no file for us to open."""
    name = memory.layout if memory else "article30"
    if name not in LAYOUTS:
        raise WorkbookError(path, f"it was exported with a layout of your own, “{visible(str(name))}”; name its file with `--layout`")  # fmt: skip
    return name


@dataclass
class _Reading:
    """Compares what came back with the register, in the languages that it speaks."""

    loaded: Loaded
    register: Register
    layout: Layout
    memory: Memory | None
    sheets: list[Seen]
    law: Law

    def read(self, tables: tuple[Table, ...]) -> Returned:
        plain = self.loaded.sources.merged
        homes: dict[str, str] = {}
        for sheet in self.layout.sheets:
            if sheet.kind == "table":
                homes.setdefault(sheet.rows, sheet.key)
        speakers = self._speakers()
        wanted_first = Wanted()
        self._introduce(speakers, homes, wanted_first)
        titles = {one.key: translate(one.title, self.sheets[0].language) for one in self.layout.sheets}
        wanted = compare(speakers, self.sheets, self.memory, titles, homes)
        wanted.refusals += wanted_first.refusals
        wanted.notes += [*self._notes(tables), *self._remarks()]
        new = merged(plain, wanted)
        changed = tuple(changes(plain, new, wanted))
        files = _files(self.loaded, plain, new) if changed else {}
        if not wanted.refusals and not wanted.conflicts:
            wanted.refusals += self._faults(files, wanted)
        return Returned(changed, tuple(wanted.conflicts), tuple(wanted.refusals), tuple(wanted.notes), files, self.loaded)  # fmt: skip

    def _speakers(self) -> dict[str, Speaker]:
        day = date.fromisoformat(self.memory.on) if self.memory else self.law.verified_through
        standings = Standings(Graph(self.register), self.law, day)
        return {one.language: Speaker(standings, one.language, self.loaded.sources.merged) for one in self.sheets}

    def _introduce(self, speakers: Mapping[str, Speaker], homes: Mapping[str, str], wanted: Wanted) -> None:
        """Give new records their ids first, so that other rows can name them."""
        for say in speakers.values():
            say.kept["new"] = {}
        given: dict[tuple[str, str], int] = {}
        for one in self.sheets:
            section = one.sheet.rows
            if section not in BY_ID or homes.get(section) != one.sheet.key or one.refusals:
                continue
            say = speakers[one.language]
            written = dict.fromkeys(self.loaded.sources.merged.get(section, {}))
            remembered = self.memory.cells.get(f"{one.sheet.key}.{one.language}", {}) if self.memory else {}
            for row in one.rows:
                if row.id in written or row.id in remembered:
                    continue
                taken = {**written, **{new: None for of, new in given if of == section}}
                named = (row.cells[key].text.strip() for key in ("name", "to", "rule") if key in row.cells)
                name = next(filter(None, named), "")
                if row.id and not _is_id(row.id):
                    wanted.refusals.append(Remark(row.at, "bad_id", {"text": row.id}))
                elif row.id in taken:
                    rows = f"{given[section, row.id]} / {row.at.row}"
                    wanted.refusals.append(Remark(row.at, "two_rows", {"id": row.id, "rows": rows}))
                elif not row.id and not name:
                    wanted.refusals.append(Remark(row.at, "nameless"))
                else:
                    found = row.id or slug(name, taken)
                    given[section, found] = row.at.row
                    say.kept["new"][row.at] = found
                    for other in speakers.values():
                        other.introduce(section, found, name or found)

    def _notes(self, tables: tuple[Table, ...]) -> Iterator[Remark]:
        """Note what is missing in the workbook: nothing was taken from it."""
        first = Cell(tables[0].name, 1, 1)
        if self.memory is None:
            yield Remark(first, "no_memory")
            return
        there = {f"{one.sheet.key}.{one.language}": one for one in self.sheets}
        for key, columns in self.memory.columns.items():
            if key not in there:
                name = next((translate(one.title, key[-2:]) for one in self.layout.sheets if one.key == key[:-3]), key)
                yield Remark(Cell(name, 1, 1), "sheet_missing")
            elif there[key].columns and there[key].sheet.kind == "table":
                for column in columns:
                    if column not in there[key].columns:
                        at = there[key].rows[0].at if there[key].rows else Cell(key, 1, 1)
                        yield Remark(Cell(at.sheet, 1, 1), "column_missing", {"key": column})

    def _remarks(self) -> Iterator[Remark]:
        """Hand on what a reader wrote beside the findings."""
        for one in self.sheets:
            for row in one.rows if one.sheet.kind == "findings" else ():
                cell = row.cells.get("remark")
                if cell is not None and cell.text.strip():
                    about = " ".join(row.cells[key].text for key in ("rule", "subject") if key in row.cells)
                    yield Remark(cell, "remarked", {"text": f"{cell.text.strip()} ({' '.join(about.split())})"})

    def _faults(self, files: Mapping[str, str | None], wanted: Wanted) -> Iterator[Remark]:
        """Read the register as it would be; what would be wrong with it is the fault of a cell."""
        if files:
            for fault in load_again(self.loaded, files).problems:
                yield Remark(_cell_of(fault, wanted), "would_fault", {"message": fault.message})


def _cell_of(fault: Fault, wanted: Wanted) -> Cell:
    """Return the cell that a fault comes from: the one that asked for what stands at its path, or near it."""
    steps = tuple(int(step) if step.isdigit() else step for step in fault.path.replace("[", ".").replace("]", "").split("."))  # fmt: skip
    for length in range(len(steps), 0, -1):
        for path, cell in (*wanted.cells.items(), *wanted.removed.items()):
            if path[:length] == steps[:length]:
                return cell
    return next(iter((*wanted.removed.values(), *wanted.cells.values())), Cell("", 1, 1))


def _is_id(text: str) -> bool:
    return re.fullmatch(ID_PATTERN, text) is not None


# --- from plain values to files


def _files(loaded: Loaded, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the texts of the files that must change; None for one that has nothing left to say."""
    texts: dict[str, str | None] = {}
    homeless: dict[Path, Any] = {}
    content: dict[str, dict[str, Any]] = {}
    for path, value in _records(old, new):
        document = loaded.sources.holders.get(path)
        if document is None:
            if value is not None:
                homeless[path] = value
            continue
        data = content.setdefault(document.file, dict(document.data))
        _set(data, path, value)
    for path, value in homeless.items():
        _settle(loaded, path, value, content, texts)
    documents = {document.file: document for document in loaded.sources.documents}
    for name, data in content.items():
        kept = loaded.sources.holders.get(("ropa",)) is documents[name] or _says_something(documents[name], data)
        texts[name] = rewritten(documents[name], data) if kept else None
    return texts


def _records(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield each record that differs: where it stands, and its new value (None if it goes)."""
    for section in dict.fromkeys((*old, *new)):
        before, after = old.get(section), new.get(section)
        if before is after:
            continue
        if section in BY_ID and isinstance(after, dict):
            held = before if isinstance(before, dict) else {}
            for one in dict.fromkeys((*held, *after)):
                if held.get(one) is not after.get(one):
                    yield (section, one), after.get(one)
        else:
            yield (section,), after


def _set(data: dict[str, Any], path: Path, value: Any) -> None:
    """Put a record into a file's plain values, or take it out."""
    *above, last = (str(step) for step in path)
    holder = data
    for step in above:
        holder[step] = dict(holder.get(step) or {})
        holder = holder[step]
    if value is None:
        holder.pop(last, None)
    else:
        holder[last] = value


def _says_something(document: Document, data: Mapping[str, Any]) -> bool:
    """Tell whether a file still says something: one that held a single record goes with it."""
    return data == document.data or any(value not in ({}, None) for key, value in data.items() if key != "ropa")


def _settle(loaded: Loaded, path: Path, value: Any, content: dict[str, dict[str, Any]], texts: dict[str, str | None]) -> None:  # fmt: skip
    """Find a place for a new record: activities in files of their own, others where their section stands."""
    section = str(path[0])
    holding = loaded.sources.holders.get((section,))
    if section == "activities" and FilePath(loaded.path).is_dir():
        texts[_new_file(loaded, str(path[1]), texts)] = written({section: {path[1]: value}})
        return
    document = holding or loaded.sources.holders.get(("ropa",)) or loaded.sources.documents[0]
    data = content.setdefault(document.file, dict(document.data))
    _set(data, path, value)


def _new_file(loaded: Loaded, one: str, texts: Mapping[str, str | None]) -> str:
    """Return a name for the file of a new activity: beside those that hold one each, else in a folder for them."""
    alone: dict[str, int] = {}
    for path, document in loaded.sources.holders.items():
        if len(path) == 2 and path[0] == "activities" and len(document.data["activities"]) == 1:
            folder = FilePath(document.file).parent.as_posix()
            alone[folder] = alone.get(folder, 0) + 1
    folder = max(alone, key=lambda name: alone[name]) if alone else f"{loaded.path.rstrip('/')}/activities"
    name, at = f"{folder}/{one}.yaml", 2
    while os.path.lexists(name) or name in texts:
        name, at = f"{folder}/{one}-{at}.yaml", at + 1
    return name
