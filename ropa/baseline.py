"""The baseline: what was found when ropa was adopted on an old register, in a small file; what is new since then counts.

    {
      "ropa-baseline": 1,
      "findings": [
        {"rule": "A3001", "subject": "controller", "fingerprint": "0123456789abcdef"}
      ]
    }

A finding is known again by its fingerprint, wherever its lines have moved to; rule and subject are for people.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from ropa.errors import BaselineError, nearest
from ropa.findings import Finding
from ropa.rules.unruled import UNRULED
from ropa.source import Document, Path, read_file, read_text
from ropa.source.saving import put

__all__ = ["FORMAT", "NAME", "Entry", "baseline_of", "can_be_known", "read_baseline", "write_baseline"]

NAME = "ropa-baseline.json"
"""What the file is called; files whose names end so are never read as part of a register."""
FORMAT = 1
"""The newest format of the file that this version reads."""


class Entry(NamedTuple):
    """A finding of the baseline: its rule, the record that it is about, its fingerprint."""

    rule: str
    subject: str
    fingerprint: str


def can_be_known(finding: Finding) -> bool:
    """Tell whether a finding may be in a baseline.

    Not one that somebody accepted until a day, which is over or to come: that day decides. Nor faults
    of the text, nor findings about waivers.
    """
    return finding.waiver is None and finding.lapsed is None and finding.rule not in UNRULED


def baseline_of(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """Return the entries of the findings that may be in a baseline, in the order of the file."""
    found = (Entry(one.rule, one.subject, one.fingerprint) for one in findings if can_be_known(one))
    return tuple(sorted(set(found)))


def write_baseline(entries: Collection[Entry], path: str | os.PathLike[str]) -> None:
    """Write a baseline whole or not at all, one finding a line. Raises WriteError."""
    lines = ",".join(f"\n    {json.dumps(one._asdict(), ensure_ascii=False)}" for one in sorted(set(entries)))
    end = "\n  " if lines else ""
    put(f'{{\n  "ropa-baseline": {FORMAT},\n  "findings": [{lines}{end}]\n}}\n'.encode(errors="backslashreplace"), path)


def read_baseline(path: str | os.PathLike[str]) -> tuple[Entry, ...]:
    """Read a baseline. Raises BaselineError, with file and line, if it is not as it must be."""
    name = os.fspath(path)
    text, fault = read_file(FilePath(path), name)
    if fault is not None:
        raise BaselineError(name, f"{fault.message} `ropa baseline` writes one.")
    document, faults = read_text(text, name)
    if document is None or faults:
        place = faults[0].place if faults else None
        raise BaselineError(f"{name}:{place.line}" if place else name, faults[0].message if faults else "it is empty")
    return _Reader(document).entries()


class _Reader:
    """Reads the plain values of a baseline; what is wrong is named with its line."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def refuse(self, path: Path, why: str) -> BaselineError:
        place = self.document.place(path)
        return BaselineError(f"{place.file}:{place.line}", why)

    def entries(self) -> tuple[Entry, ...]:
        data = self.mapping(self.document.data, (), ("ropa-baseline", "findings"))
        version = data["ropa-baseline"]
        if version != FORMAT or isinstance(version, bool):
            newer = isinstance(version, int) and version > FORMAT
            why = "it is of a newer format than this version of ropa reads; update ropa" if newer else f"`ropa-baseline` is the format, {FORMAT}"  # fmt: skip
            raise self.refuse(("ropa-baseline",), why)
        if not isinstance(data["findings"], list):
            raise self.refuse(("findings",), "`findings` is a list")
        return tuple(self.entry(one, ("findings", at)) for at, one in enumerate(data["findings"]))

    def entry(self, value: Any, path: Path) -> Entry:
        read = self.mapping(value, path, Entry._fields)
        for key in Entry._fields:
            if not isinstance(read[key], str):
                raise self.refuse((*path, key), f"`{key}` is a text")
        if not re.fullmatch("[0-9a-f]{16}", read["fingerprint"]):
            raise self.refuse((*path, "fingerprint"), "`fingerprint` is sixteen hexadecimal digits")
        return Entry(**read)

    def mapping(self, value: Any, path: Path, keys: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refuse(path, f"a mapping of {', '.join(keys)} must stand here")
        for key in value:
            if key not in keys:
                near = nearest(str(key), list(keys))
                raise self.refuse((*path, key), f"`{key}` is not known here" + (f"; did you mean `{near}`?" if near else ""))  # fmt: skip
        for key in keys:
            if key not in value:
                raise self.refuse(path, f"`{key}` is missing")
        return value
