"""The lines of a sheet: each record with what its cells say, for writing a workbook and for comparing one that came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ropa.workbook.fields import field
from ropa.workbook.layout import Column, Sheet
from ropa.workbook.rows import Row, rows
from ropa.workbook.sheets import HIDDEN, Line
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import about_field

__all__ = ["first_own", "fitted", "lines", "trimmed"]


def fitted(say: Speaker, sheet: Sheet, *, authority: bool = False) -> Sheet:
    """Return a sheet with the columns that this register needs: its own fields, and an id by which rows are known again.

    For an authority, what is internal is left out.
    """
    columns: list[Column] = []
    for column in sheet.columns:
        columns += [column] if column.key != "extensions" else _own_columns(say, sheet, column)
    if authority:
        columns = [column for column in columns if not column.internal]
    elif sheet.kind in ("table", "cards") and all(column.key != "id" for column in columns):
        columns.append(Column("id", about_field(sheet.rows, "id").label, HIDDEN))
    return replace(sheet, columns=tuple(columns), fixed=min(sheet.fixed, len(columns)))


def trimmed(say: Speaker, sheet: Sheet) -> Sheet:
    """Return a sheet without the optional columns that say nothing of any record."""
    if sheet.kind != "table":
        return sheet
    filled = [not column.optional or at < sheet.fixed for at, column in enumerate(sheet.columns)]
    for _, line in lines(say, sheet):
        filled = [known or bool(value.text) for known, value in zip(filled, line.values, strict=True)]
    return replace(sheet, columns=tuple(column for column, known in zip(sheet.columns, filled, strict=True) if known))


def _own_columns(say: Speaker, sheet: Sheet, column: Column) -> list[Column]:
    """Return a column for each of the organisation's own fields that a record of the table has."""
    keys: dict[str, None] = {}
    for row in rows(say, sheet.rows):
        own = row.plain.get("extensions")
        if isinstance(own, dict):
            keys.update(dict.fromkeys(own))
    return [replace(column, key=f"extensions.{key}", label={"en": key}, internal=True, optional=True) for key in keys if "." not in key]  # fmt: skip


def first_own(sheet: Sheet) -> int:
    """Return the number of the first column that says something of the record itself, and can be edited."""
    for number, column in enumerate(sheet.columns):
        if column.key not in ("id", "of") and field(sheet.rows, column.key).edited:
            return number
    return 0


def lines(say: Speaker, sheet: Sheet) -> Iterator[tuple[Row, Line]]:
    """Yield each record of a sheet with what its cells say."""
    fields = [field(sheet.rows, column.key) for column in sheet.columns]
    own = first_own(sheet)
    for row in rows(say, sheet.rows):
        if row.stands_for and not sheet.gaps:
            continue
        values = [
            _standing_in(say, row, own=number == own) if row.stands_for and column.key not in ("id", "of")
            else _seen(column, each.show(say, row))
            for number, (column, each) in enumerate(zip(sheet.columns, fields, strict=True))
        ]  # fmt: skip
        yield row, Line(row.id, tuple(values))


def _standing_in(say: Speaker, row: Row, *, own: bool) -> Value:
    """Return the word, or the gap, that stands in place of a record's parts, in the first cell of its own."""
    return say.field(row.stands_for[0], str) if own else Value("")


def _seen(column: Column, value: Value) -> Value:
    """Return what a column says of a value: nothing where a gap would say nothing; grey what only follows."""
    if value.state == "missing" and column.optional:
        return Value("")
    return replace(value, look="unset") if value.state == "where-applicable" else value
