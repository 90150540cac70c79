"""The lists to choose from: words, records and countries, each a named range that drop-downs take their choices from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ropa.model import COUNTRIES, SECTIONS
from ropa.workbook.fields import field
from ropa.workbook.kinds import Kind
from ropa.workbook.layout import Sheet
from ropa.workbook.sheets import FIRST, Line
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import words_of

__all__ = ["list_for", "list_lines", "lists_needed"]


def list_for(table: str, key: str) -> str:
    """Return the name of the list that a cell chooses from; nothing if it holds something else, or several."""
    if key == "of":
        return table.partition(".")[0]
    kind: Kind | None = getattr(field(table, key), "kind", None)
    if kind is None or kind.many or not field(table, key).edited:
        return ""
    if kind.shape.section is not None:
        return kind.shape.section
    if kind.codes and words_of(kind.codes):
        return kind.codes
    return "country" if kind.shape.scalars == {"country"} else ""


def lists_needed(say: Speaker, sheets: Iterable[Sheet]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each list that a sheet chooses from: its name, and its codes with their labels."""
    asked = dict.fromkeys(list_for(one.rows, column.key) for one in sheets if one.kind == "table" for column in one.columns)  # fmt: skip
    for name in asked:
        if name in SECTIONS:
            yield name, [(one, say.label(name, one)) for one in getattr(say.register, name)]
        elif name == "country":
            yield name, sorted(((code, say.country(code)) for code in COUNTRIES), key=lambda pair: pair[1].casefold())
        elif name:
            yield name, [(code, say.code(name, code)) for code in words_of(name)] + [("unknown", say.say("unknown"))]


def list_lines(say: Speaker, sheets: Iterable[Sheet]) -> tuple[list[Line], dict[str, tuple[int, int]]]:
    """Return the lists as lines, and the first and last row of each."""
    told: list[Line] = []
    ranges: dict[str, tuple[int, int]] = {}
    for name, entries in lists_needed(say, sheets):
        if entries:
            ranges[name] = (FIRST + len(told), FIRST + len(told) + len(entries) - 1)
            title = Value(say.say(f"list_{name}"))
            told += [Line(code, (title, Value(code, look="id"), Value(label))) for code, label in entries]
    return told, ranges
