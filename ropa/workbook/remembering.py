"""What a workbook remembers of its export: a digest of every cell, so that an edit can be told from a change of the text.

It stands on a sheet of its own, which spreadsheets do not show: ids, digests and the version of the
register; nothing that could be read back into words. A cell holds as many records as it can: with a row
for each, a register of 300 activities took half as much room again as its digests do.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from ropa.workbook.kinds import loosely
from ropa.workbook.writing import sayable

__all__ = ["MEMORY", "Memory", "digest_of", "heading", "memorised", "packed_records", "remembered", "worth_memory"]

MEMORY = "_ropa"
"""The name of the sheet."""

_SIZE = 8
"""Characters of a digest: 40 bits as base 32."""

_MOST = 32_000
"""Characters that a cell holds here; Excel takes 32,767."""


@dataclass(frozen=True)
class Memory:
    """What a workbook remembers: how it was made, and a digest of each cell by sheet, row and column."""

    version: str
    layout: str
    languages: tuple[str, ...]
    on: str
    """The day asked about."""
    digest: str
    """Of the register, as it was."""
    revision: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of each sheet, by its key and language."""
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """The digests of each row, one after another: by sheet, then by id."""

    def of(self, sheet: str, row: str, column: str) -> str | None:
        """Return the digest of a cell as it was exported; None if there was no such cell."""
        if column == "id":
            return digest_of(row) if row in self.cells.get(sheet, {}) else None
        try:
            at = self.columns[sheet].index(column) * _SIZE
            return self.cells[sheet][row][at : at + _SIZE]
        except (KeyError, ValueError):
            return None


@lru_cache(maxsize=50_000)
def digest_of(text: str) -> str:
    """Return the digest of a cell's text, blind to what spreadsheets change by themselves."""
    return base64.b32encode(hashlib.blake2b(loosely(sayable(text)).encode(), digest_size=5).digest()).decode()


def worth_memory(column: str) -> bool:
    """Tell whether a column's cells are remembered: a record's id stands there already."""
    return column != "id"


def memorised(texts: Iterable[str]) -> str:
    """Return the digests of a row, one after another."""
    return "".join(map(digest_of, texts))


def packed_records(records: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the sheet below the first: a sheet's key, and as many of its records as a cell can hold.

    `records` are a sheet's key, a record's id (which has no spaces) and its digests.
    """
    for sheet, each in groupby(records, key=lambda record: record[0]):
        held = ""
        for said in (f"{one}:{digests}" for _, one, digests in each):
            if held and len(held) + 1 + len(said) > _MOST:
                yield sheet, held
                held = ""
            held = f"{held} {said}" if held else said
        yield sheet, held


def heading(memory: Memory) -> str:
    """Return what stands in the first cell: how the workbook was made, as JSON."""
    plain = {key: value for key, value in asdict(memory).items() if key != "cells"}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def remembered(rows: tuple[tuple[str, ...], ...]) -> Memory | None:
    """Return what the sheet's rows say; None if somebody has changed it."""
    try:
        plain: Any = json.loads(rows[0][0])
        columns = {sheet: tuple(keys) for sheet, keys in plain.pop("columns").items()}
        languages = tuple(plain.pop("languages"))
        date.fromisoformat(plain["on"])
        cells: dict[str, dict[str, str]] = {sheet: {} for sheet in columns}
        for sheet, row, digests in _records(rows[1:]):
            if len(digests) != _SIZE * len(columns[sheet]):
                return None
            cells[sheet][row] = digests
        return Memory(**plain, languages=languages, columns=columns, cells=cells)
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _records(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Yield what `packed_records` packed. Raises ValueError."""
    for row in rows:
        if any(row):
            sheet, packed = row[:2]
            for said in packed.split(" "):
                one, colon, digests = said.rpartition(":")
                if not colon:
                    raise ValueError(said)
                yield sheet, one, digests
