"""A layout: which sheets a workbook has and which columns those have, read from a small data file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from ropa.errors import LayoutError, nearest
from ropa.model.base import ID_PATTERN
from ropa.source import Document, Path, read_file, read_text
from ropa.source.page import Words
from ropa.workbook.fields import UnknownFieldError
from ropa.workbook.fields import field as field_of
from ropa.workbook.rows import TABLES
from ropa.workbook.words import about_field, typeset

__all__ = ["LAYOUTS", "Column", "Layout", "Sheet", "layout"]

LAYOUTS = ("article30", "ico", "cnil", "apd", "processor")
"""The layouts that come with ropa: Art. 30 itself, and the forms of authorities."""

KINDS = ("table", "cards", "findings", "lists", "picture")
_SHEET = {"key", "kind", "rows", "title", "about", "cover", "fixed", "bands", "columns", "paper", "marks", "internal", "only", "gaps"}  # fmt: skip
_COLUMN = {"key", "label", "note", "width", "band", "required", "optional", "leaf"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Column:
    """A column: which field it shows, the letter of Art. 30 it answers, its heading by language."""

    key: str
    label: Words
    width: float
    """In characters."""
    note: Words = field(default_factory=dict)
    band: str = ""
    required: bool = False
    """Whether Art. 30 asks for it: a gap is red."""
    optional: bool = False
    """Whether a gap says nothing: the cell stays empty."""
    leaf: bool = False
    """Whether a new leaf begins here in print."""
    internal: bool = False
    """Whether it is left out for an authority."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows, its columns in their bands, and how it introduces itself."""

    key: str
    kind: str
    rows: str
    """The table of records that it shows."""
    title: Words
    about: Words
    cover: Words
    columns: tuple[Column, ...]
    fixed: int = 2
    """How many columns stay in sight, and repeat on each leaf."""
    bands: Mapping[str, Words] = field(default_factory=dict)
    paper: str = "A4"
    marks: str = ""
    """How what Art. 30 asks for is marked besides: `red` headings, as the Belgian authority has them."""
    internal: bool = False
    """Whether it is left out for an authority."""
    only: bool = False
    """Whether it is left out where the register has no such records."""
    gaps: bool = False
    """Whether a record without parts has a row that says so."""


@dataclass(frozen=True)
class Layout:
    """The sheets of a workbook, in order."""

    name: str
    title: Words
    sheets: tuple[Sheet, ...]


@cache
def layout(name: str = "article30") -> Layout:
    """Return a layout by its name, or by the file that describes it.

    Raises LayoutError, with file and line, if it is not as it must be.
    """
    if name in LAYOUTS:
        file = f"{name}.yaml"
        text = (files("ropa.workbook") / "layouts" / file).read_text(encoding="utf-8")
    else:
        file = name
        if not name.endswith((".yaml", ".yml", ".json")):
            near = nearest(name, list(LAYOUTS))
            hint = f"; did you mean {near}?" if near else f"; there are {', '.join(LAYOUTS)}, or name a file"
            raise LayoutError(name, f"no layout is called so{hint}")
        text, fault = read_file(FilePath(name), name)
        if fault is not None:
            raise LayoutError(name, fault.message)
    document, faults = read_text(text, file)
    if faults or document is None:
        raise LayoutError("", "\n".join(map(str, faults)))
    return _Reader(document).layout(name)


class _Reader:
    """Reads a layout's plain values; what is wrong is named with its line."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def refuse(self, path: Path, why: str, *, key: bool = False) -> LayoutError:
        place = self.document.place(path, key=key)
        return LayoutError(f"{place.file}:{place.line}", why)

    def mapping(self, value: Any, path: Path, known: set[str], needed: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refuse(path, "a mapping of fields must stand here")
        for key in value:
            if key not in known:
                near = nearest(str(key), sorted(known))
                raise self.refuse((*path, key), f"`{key}` is not known here" + (f"; did you mean `{near}`?" if near else ""), key=True)  # fmt: skip
        for key in needed:
            if key not in value:
                raise self.refuse(path, f"`{key}` is missing")
        return value

    def words(self, value: Any, path: Path) -> Words:
        if isinstance(value, str) and value.strip():
            return {"en": value}
        if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
            return typeset(value)
        raise self.refuse(path, "a text, or a mapping by language ({en: …, nl: …}) must stand here")

    def layout(self, name: str) -> Layout:
        read = self.mapping(self.document.data, (), {"name", "title", "sheets"}, ("sheets",))
        if not isinstance(read["sheets"], list) or not read["sheets"]:
            raise self.refuse(("sheets",), "a list of sheets must stand here")
        sheets = tuple(self.sheet(one, ("sheets", at)) for at, one in enumerate(read["sheets"]))
        seen: set[str] = set()
        for at, sheet in enumerate(sheets):
            if sheet.key in seen:
                raise self.refuse(("sheets", at), f"two sheets have the key `{sheet.key}`")
            seen.add(sheet.key)
        title = self.words(read["title"], ("title",)) if "title" in read else {}
        return Layout(str(read.get("name", FilePath(name).stem)), title, sheets)

    def one_of(self, read: Mapping[str, Any], key: str, words: tuple[str, ...], path: Path) -> str:
        value = read.get(key, words[0])
        if value not in words:
            raise self.refuse((*path, key), f"`{key}` is one of {', '.join(filter(None, words))}")
        return str(value)

    def like(self, value: Any, path: Path) -> Sheet:
        """Return a sheet of another layout."""
        name, _, key = str(self.mapping(value, path, {"like"}, ("like",))["like"]).partition(".")
        found = {one.key: one for one in layout(name).sheets} if name in LAYOUTS else {}
        if key not in found:
            raise self.refuse(
                (*path, "like"), "`like` names a sheet of a layout that comes with ropa: article30.purposes"
            )
        return found[key]

    def sheet(self, value: Any, path: Path) -> Sheet:
        if isinstance(value, dict) and "like" in value:
            return self.like(value, path)
        read = self.mapping(value, path, _SHEET, ("key", "title"))
        if not re.fullmatch(ID_PATTERN, str(read["key"])):
            raise self.refuse((*path, "key"), "a key is made of small letters, digits and hyphens")
        kind = read.get("kind", "table")
        if kind not in KINDS:
            raise self.refuse((*path, "kind"), f"a sheet is one of {', '.join(KINDS)}")
        title = self.words(read["title"], (*path, "title"))
        for said in title.values():
            if len(said) > 27 or _FORBIDDEN.search(said) or said.startswith("'") or said.endswith("'"):
                raise self.refuse((*path, "title"), f"“{said}” cannot name a sheet: at most 27 characters, without [ ] : * ? / \\")  # fmt: skip
        table = read.get("rows", kind)
        if kind in ("table", "cards") and table not in TABLES:
            raise self.refuse((*path, "rows"), f"`rows` is one of {', '.join(TABLES)}")
        bands = {band: self.words(said, (*path, "bands", band)) for band, said in (read.get("bands") or {}).items()}
        columns = tuple(self.columns(read.get("columns") or [], table, bands, (*path, "columns")))
        fixed = read.get("fixed", 2)
        if kind != "picture" and not (isinstance(fixed, int) and 1 <= fixed <= len(columns)):
            raise self.refuse((*path, "fixed"), "`fixed` is a number of columns of the sheet")
        return Sheet(
            str(read["key"]), kind, table, title,
            about=self.words(read["about"], (*path, "about")) if "about" in read else {},
            cover=self.words(read["cover"], (*path, "cover")) if "cover" in read else {},
            columns=columns, fixed=fixed, bands=bands, paper=self.one_of(read, "paper", ("A4", "A3"), path), marks=self.one_of(read, "marks", ("", "red"), path),
            internal=read.get("internal") == "yes", only=read.get("only") == "yes", gaps=read.get("gaps") == "yes",
        )  # fmt: skip

    def columns(self, value: Any, table: str, bands: Mapping[str, Words], path: Path) -> Iterator[Column]:
        if not isinstance(value, list):
            raise self.refuse(path, "a list of columns must stand here")
        seen: Counter[str] = Counter()
        for at, one in enumerate(value):
            column = self.column({"key": one} if isinstance(one, str) else one, table, bands, (*path, at))
            seen[column.key] += 1
            times = seen[column.key]
            yield column if times == 1 else replace(column, key=f"{column.key}~{times}")

    def column(self, value: Any, table: str, bands: Mapping[str, Words], path: Path) -> Column:
        read = self.mapping(value, path, _COLUMN, ("key",))
        key = str(read["key"])
        if table in TABLES and key != "extensions":
            try:
                field_of(table, key)
            except UnknownFieldError as error:
                near = nearest(key, list(error.known))
                hint = f"; did you mean `{near}`?" if near else f"; it knows {', '.join(error.known)}"
                raise self.refuse(path, f"`{table}` has no field `{key}`{hint}") from None
        about = about_field(table, key)
        width = read.get("width", about.width)
        if isinstance(width, bool) or not isinstance(width, (int, float)) or not 3 <= width <= 200:
            raise self.refuse((*path, "width"), "`width` is a number of characters from 3 to 200")
        band = str(read.get("band", ""))
        if band and band not in bands:
            raise self.refuse((*path, "band"), f"the sheet has no band `{band}`")
        return Column(
            key,
            self.words(read["label"], (*path, "label")) if "label" in read else about.label,
            float(width),
            self.words(read["note"], (*path, "note")) if "note" in read else about.note,
            band,
            required=read.get("required") == "yes",
            optional=read.get("optional") == "yes",
            leaf=read.get("leaf") == "yes",
            internal=about.internal,
        )
