"""The way back where a workbook says what can be taken in two ways, or for another register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from test_return import TEXT, Book

import ropa
from ropa.cli import main

TWO = TEXT.replace("host: {name: NO, country: NO}", "host: {name: Mailer Inc., country: NO}")


def test_a_name_that_two_records_share_names_neither(tmp_path: Path) -> None:
    book = Book(tmp_path, TWO)
    book.put("Register", "archive", "recipients", "geen")
    book.add("Ontvangers", of="Archief", party="Mailer Inc.")
    found = book.back()
    assert [one.key for one in found.refused] == ["no_such_record"]


def test_a_text_that_is_cleared_in_one_language_stays_in_the_others(tmp_path: Path) -> None:
    text = TEXT.replace('owner: "0012"', 'owner: "0012"\n    note: {nl: Notitie, en: Note}')
    book = Book(tmp_path, text, language="en")
    book.put("Register", "newsletters", "note", None)
    assert book.written() == {"register.yaml": ("-    note: {nl: Notitie, en: Note}", "+    note: {nl: Notitie}")}


def test_a_workbook_of_another_register_is_refused(tmp_path: Path) -> None:
    book = Book(tmp_path)
    other = ropa.load_text(
        "ropa: 1\ncontroller: {name: Ander B.V.}\nactivities: {visitors: {name: Bezoekers}, wages: {name: Lonen}}\n"
    )
    with pytest.raises(ropa.WorkbookError, match="hardly any record"):
        ropa.import_workbook(other, book.file)


def test_the_file_with_the_header_stays_when_its_only_record_goes(tmp_path: Path) -> None:
    book = Book(tmp_path, "ropa: 1\nactivities:\n  a: {name: Alleen}\n")
    book.delete("Register", "a")
    found = book.back()
    assert found.ok
    found.write()
    loaded = ropa.load(book.folder)
    assert loaded.problems == ()
    assert loaded.register is not None
    assert dict(loaded.register.activities) == {}


def test_a_column_that_is_deleted_is_a_remark(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.sheet("Partijen").delete_cols(book.column("Partijen", "role"))
    book.book.save(book.file)
    found = ropa.import_workbook(book.loaded, book.file)
    assert [one.key for one in found.remarks] == ["column_missing"]
    assert main(["import", str(book.file), "--into", str(book.folder)]) == 0


def test_none_in_the_name_of_the_officer_says_that_there_is_none(tmp_path: Path) -> None:
    text = TEXT.replace("contact: {email: privacy@winkel.example}}", "contact: {email: privacy@winkel.example}, dpo: {name: F. G.}}")  # fmt: skip
    book = Book(tmp_path, text)
    book.put("Organisatie", "controller", "dpo.name", "geen")
    found = book.back()
    assert [(one.path, one.after) for one in found.changes] == [("controller.dpo", "none")]


def test_a_new_transfer_is_named_by_its_importer(tmp_path: Path) -> None:
    book = Book(tmp_path, TEXT + "transfers:\n  t: {name: eerste, to: mailer}\n")
    book.add("Doorgiften", to="NO")
    found = book.back()
    assert found.ok, [str(one) for one in found.refused]
    found.write()
    register = ropa.load(book.folder).register
    assert register is not None
    assert [one.to for one in register.transfers.values()] == ["mailer", "host"]


@pytest.mark.parametrize("typed", ["NaN", "1e400", "12345678901234567890123", "[" * 5_000])
def test_a_value_that_the_text_cannot_hold_stays_text(tmp_path: Path, typed: str) -> None:
    text = TEXT.replace('owner: "0012"', 'owner: "0012"\n    extensions: {size: 3}').replace("ropa: 1\n", "ropa: 1\nextension_schemas: {activities: own.schema.json}\n")  # fmt: skip
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "own.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "register" / "register.yaml").write_text(text, encoding="utf-8", newline="")
    loaded, file = ropa.load(tmp_path / "register"), tmp_path / "book.xlsx"
    ropa.export(ropa.check(loaded, on=date(2026, 10, 7)), file, language="nl")
    book = openpyxl.load_workbook(file)
    sheet = book["Register"]
    column = next(cell.column for cell in sheet[3] if str(cell.value).endswith("extensions.size"))
    row = next(cell.row for cell in sheet["A"] if cell.value == "newsletters")
    assert column is not None
    sheet.cell(row, column).value = typed
    sheet.cell(row, column).data_type = "s"
    book.save(file)
    found = ropa.import_workbook(loaded, file)
    assert found.ok
    assert [one.after for one in found.changes] == [typed]


@pytest.mark.parametrize("typed", ["2 jaar en 6 maanden", "2 jaar, 6 maanden", "2 jaar 6 maanden", "P2Y6M"])
def test_a_period_is_understood_as_people_write_it(tmp_path: Path, typed: str) -> None:
    book = Book(tmp_path)
    book.put("Bewaartermijnen", "newsletters/1", "period", typed)
    assert [one.after for one in book.back().changes] == ["P2Y6M"]
