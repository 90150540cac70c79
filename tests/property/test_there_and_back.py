"""Properties of the way there and back: what nobody edited changes nothing, whatever the register says."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

import ropa
from ropa.languages import LANGUAGES
from ropa.source.rewriting import written
from ropa.workbook.layout import LAYOUTS
from ropa.workbook.sheets import FIRST, KEYS

pytestmark = pytest.mark.property
DAY = date(2026, 10, 7)

ODD = (
    "=1+1", "+31", "-5 jaar", "@x", "\t=x", "#N/A", "_x0041_", "0012", "NO", "none", "unknown", "geen", "a [nl]", "• a",
    " leading", "two\nlines", "crlf\r\nline", "bell \x07", "שלום", "😀" * 40, "x" * 33_000, "a\n" * 60, "é", "e\u0301", "1e5", "'q'",
)  # fmt: skip
"""Texts that a spreadsheet, a YAML reader or a comparison could take for something else."""

words = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
).filter(str.strip)
texts = words | st.dictionaries(st.sampled_from(LANGUAGES), words, min_size=1, max_size=2)
facts = st.sampled_from(("yes", "no", "unknown"))
days = st.dates(date(2018, 1, 1), date(2030, 1, 1)).map(date.isoformat)
periods = st.sampled_from(("P5Y", "P18M", "P1Y6M", "P4W", "P90D", "PT12H", "unknown"))


def record(needed: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional)


bases = st.one_of(
    st.just("unknown"),
    record({"article": st.just("6(1)(b)")}, contract=texts),
    record({"article": st.just("6(1)(c)")}, provision=texts | st.just("unknown")),
    record({"article": st.just("6(1)(f)")}, interest=texts, assessment=record({}, done=days, reference=texts)),
)
several = st.lists(record({"article": st.just("6(1)(d)")}, reason=texts), min_size=2, max_size=2)
purposes = record({"name": texts}, legal_basis=bases | several, data=st.just(["d"]), further=facts)
activities = record(
    {"name": texts},
    description=texts,
    purposes=st.just("unknown") | st.dictionaries(st.sampled_from(("p", "q")), purposes, max_size=2),
    data=st.just("unknown") | st.lists(st.sampled_from(("d", "e")), unique=True, max_size=2),
    recipients=st.sampled_from(("none", "unknown"))
    | st.lists(st.just("x") | record({"party": st.just("y")}, data=st.just(["d"]), description=texts), max_size=3),
    retention=st.sampled_from(("none", "unknown"))
    | st.lists(record({}, period=periods, start=texts, criteria=texts, until_objection=facts), max_size=2),
    owner=texts, note=texts, since=st.just("2020-01-01"), reviewed=days, profiling=facts,
    extensions=st.fixed_dictionaries({"own-field": words, "count": st.integers(0, 9)}),
    dpia=st.just("none") | record({}, done=days, required=facts, reason=texts),
)  # fmt: skip
instruments = st.lists(
    st.sampled_from(
        (
            {"adequacy": "us-dpf", "listed": {"since": "2023-08-01"}}, {"adequacy": "unknown"},
            {"clauses": "eu-2021-914", "module": 2, "concluded": "2024-01-01"}, {"binding_rules": "processor"},
            {"derogation": "49(1)(b)", "reason": "=x"}, {"authorisation": "AZ-1"},
        )
    ),
    max_size=3,
)  # fmt: skip
registers = st.fixed_dictionaries(
    {
        "ropa": st.just(1),
        "language": st.sampled_from(("nl", "en", "fr")),
        "controller": record({"name": texts}, country=st.just("NL"), dpo=st.just("none") | record({"name": texts})),
        "activities": st.dictionaries(st.sampled_from(("a", "b", "c")), activities, max_size=3),
        "parties": st.fixed_dictionaries(
            {
                "x": record({"name": texts}, country=st.sampled_from(("NO", "US", "unknown")), sub_processors=st.just(["y"])),
                "y": record({"name": texts}, contract=st.just("none") | record({}, kind=st.just("contract"), signed=days)),
            }
        ),
        "transfers": st.dictionaries(st.sampled_from(("t", "u")), record({"to": st.sampled_from(("x", "y"))}, instruments=instruments | st.just("none"), countries=st.just(["US", "NO"])), max_size=2),
        "data": st.fixed_dictionaries({"d": record({"name": texts}, special=st.just(["health"])), "e": record({"name": texts})}),
        "waivers": st.dictionaries(
            st.sampled_from(("v", "w")),
            record({"rule": words, "subject": st.just("parties.x"), "reason": texts, "accepted_by": texts, "until": days}, path=words, accepted_on=st.just("2018-01-01"), note=texts),
            max_size=2,
        ),
        "measures": st.dictionaries(st.sampled_from(("m", "n")), record({"name": texts}, everywhere=facts), max_size=2),
    }
)  # fmt: skip


def loaded_of(name: str, register: dict[str, Any]) -> ropa.Loaded:
    folder = Path(name) / "register"
    folder.mkdir()
    if any("extensions" in one for one in register["activities"].values()):
        register = {**register, "extension_schemas": {"activities": "own.schema.json"}}
        (folder / "own.schema.json").write_text("{}", encoding="utf-8")
    (folder / "register.yaml").write_text(written(register), encoding="utf-8", newline="")
    loaded = ropa.load(folder)
    assert not loaded.problems
    return loaded


@settings(max_examples=40)
@given(registers, st.sampled_from(LANGUAGES), st.sampled_from(LAYOUTS))
def test_what_nobody_edited_changes_nothing(register: dict[str, Any], language: str, layout: str) -> None:
    """Export, then import: no difference, no refusal, no remark (a register is not changed by being shown)."""
    with tempfile.TemporaryDirectory() as name:
        loaded = loaded_of(name, register)
        file = Path(name) / "book.xlsx"
        ropa.export(ropa.check(loaded, on=DAY), file, language=language, layout=layout)
        found = ropa.import_workbook(loaded, file)
        assert [*map(str, found.changes), *map(str, found.refused), *map(str, found.conflicts)] == []


@settings(max_examples=40)
@given(words.filter(lambda text: text == text.strip()), st.sampled_from(("owner", "name", "note")))
def test_what_is_typed_is_what_the_text_says(text: str, key: str) -> None:
    """A text typed into a cell stands in the register as it was typed (line ends as spreadsheets keep them)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "register"
        folder.mkdir()
        (folder / "r.yaml").write_text("ropa: 1\nlanguage: en\nactivities: {one: {name: One}}\n", encoding="utf-8")
        loaded = ropa.load(folder)
        file = Path(name) / "book.xlsx"
        ropa.export(ropa.check(loaded, on=DAY), file, language="en")
        book = openpyxl.load_workbook(file)
        sheet = book["Register"]
        column = next(cell.column for cell in sheet[KEYS] if str(cell.value).endswith(f".{key}"))
        cell = sheet.cell(FIRST, column or 1)
        try:
            cell.value = text
        except IllegalCharacterError:
            return
        cell.data_type = "s"
        if len(text) > 32_767 or cell.value != text:
            return
        out = io.BytesIO()
        book.save(out)
        file.write_bytes(out.getvalue())
        found = ropa.import_workbook(loaded, file)
        if found.refused:  # what no text of a register can hold
            assert not found.changes or found.refused[0].key in ("would_fault", "not_understood")
            return
        found.write()
        again = ropa.load(folder)
        assert again.register is not None
        said = getattr(again.register.activities["one"], key)
        wanted = None if text.strip() in ("not recorded", "") else text.replace("\r\n", "\n").replace("\r", "\n")
        assert said == wanted or (said is not None and "_x" in text)
