"""The way back: what somebody edits in the workbook becomes exactly that change in the text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import ropa
from ropa.cli import main
from ropa.workbook.layout import LAYOUTS
from ropa.workbook.sheets import FIRST, KEYS

REGISTERS = sorted(path.parent for path in Path("registers").glob("*/register.yaml"))
DAY = date(2026, 10, 7)
TEXT = """\
ropa: 1
language: nl
# the shop itself
controller: {name: Winkel B.V., country: NL, contact: {email: privacy@winkel.example}}
activities:
  newsletters:
    name: Nieuwsbrieven # what customers call it
    purposes:
      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(f), interest: eigen klanten}}
    data_subjects: [customers]
    data: [contact-details, orders]
    recipients: [mailer]
    retention:
      # until they leave
      - {period: P5Y, start: laatste contact}
    owner: "0012"
  archive:
    name: Archief
    recipients: none
parties:
  mailer: {name: Mailer Inc., country: US, role: processor}
  host: {name: NO, country: NO}
data:
  contact-details: {name: Contactgegevens}
  orders: {name: Bestellingen}
data_subjects: {customers: {name: Klanten}}
"""


class Book:
    """An exported workbook that somebody edits: cells by sheet, row id and column key."""

    def __init__(self, folder: Path, text: str = TEXT, **options: object) -> None:
        self.folder, self.file = folder / "register", folder / "book.xlsx"
        self.folder.mkdir()
        (self.folder / "register.yaml").write_text(text, encoding="utf-8", newline="")
        self.loaded = ropa.load(self.folder)
        assert not self.loaded.problems
        ropa.export(ropa.check(self.loaded, on=DAY), self.file, **{"language": "nl", **options})  # type: ignore[arg-type]
        self.book = openpyxl.load_workbook(self.file)

    def sheet(self, title: str) -> Worksheet:
        sheet: Worksheet = self.book[title]
        return sheet

    def column(self, title: str, key: str) -> int:
        keys = {str(cell.value).split(".", 2)[2]: cell.column for cell in self.sheet(title)[KEYS] if cell.value}
        return int(keys[key])

    def row(self, title: str, one: str) -> int:
        identity = self.column(title, "id")
        sheet = self.sheet(title)
        return next(at for at in range(FIRST, sheet.max_row + 1) if sheet.cell(at, identity).value == one)

    def get(self, title: str, one: str, key: str) -> object:
        return self.sheet(title).cell(self.row(title, one), self.column(title, key)).value

    def put(self, title: str, one: str, key: str, text: object) -> None:
        """Type a text into a cell; it stays text, as in a cell that is formatted so."""
        cell = self.sheet(title).cell(self.row(title, one), self.column(title, key))
        cell.value = text  # type: ignore[assignment]
        if isinstance(text, str):
            cell.data_type = "s"

    def add(self, title: str, **cells: str) -> None:
        sheet = self.sheet(title)
        at = sheet.max_row + 1
        for key, text in cells.items():
            sheet.cell(at, self.column(title, key.replace("__", "."))).value = text

    def delete(self, title: str, one: str) -> None:
        self.sheet(title).delete_rows(self.row(title, one))

    def back(self) -> ropa.Returned:
        self.book.save(self.file)
        return ropa.import_workbook(ropa.load(self.folder), self.file)

    def written(self) -> dict[str, tuple[str, ...]]:
        """Write the changes; return the lines that went (`-`) and came (`+`) in each file."""
        found = self.back()
        assert found.ok, [str(one) for one in (*found.refused, *found.conflicts)]
        before = {file.relative_to(self.folder).as_posix(): file.read_bytes().decode() for file in self.folder.rglob("*.yaml")}  # fmt: skip
        found.write()
        after = {file.relative_to(self.folder).as_posix(): file.read_bytes().decode() for file in self.folder.rglob("*.yaml")}  # fmt: skip
        assert not ropa.load(self.folder).problems
        return {
            name: lines_changed(before.get(name, ""), after.get(name, ""))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        }


def lines_changed(before: str, after: str) -> tuple[str, ...]:
    import difflib

    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return tuple(line for line in found if not line.startswith(("---", "+++", "@@")))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


# --- nothing changed, nothing to do


@pytest.mark.parametrize("language", [("nl",), ("en",), ("de",), ("fr",), ("nl", "en")])
@pytest.mark.parametrize("folder", REGISTERS, ids=lambda path: path.name)
def test_an_untouched_workbook_changes_nothing(folder: Path, language: tuple[str, ...], tmp_path: Path) -> None:
    loaded = ropa.load(folder)
    ropa.export(ropa.check(loaded, on=DAY), tmp_path / "book.xlsx", language=language)
    found = ropa.import_workbook(loaded, tmp_path / "book.xlsx")
    assert (found.changes, found.conflicts, found.refused, found.remarks) == ((), (), (), ())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_comes_back_unchanged(layout: str, tmp_path: Path) -> None:
    loaded = ropa.load("registers/model")
    ropa.export(ropa.check(loaded, on=DAY), tmp_path / "book.xlsx", language="en", layout=layout)
    found = ropa.import_workbook(loaded, tmp_path / "book.xlsx")
    assert (found.changes, found.conflicts, found.refused, found.remarks) == ((), (), (), ())


def test_a_workbook_that_another_program_saved_changes_nothing(book: Book) -> None:
    found = book.back()
    assert (found.changes, found.refused) == ((), ())


# --- one edit, one change


@pytest.mark.parametrize(
    ("title", "one", "key", "text", "lines"),
    [
        ("Register", "newsletters", "name", "Nieuwsbrief",
         ("-    name: Nieuwsbrieven # what customers call it", "+    name: Nieuwsbrief # what customers call it")),
        ("Register", "newsletters", "owner", "0013", ('-    owner: "0012"', '+    owner: "0013"')),
        ("Register", "newsletters", "owner", "", ('-    owner: "0012"',)),
        ("Register", "newsletters", "data", "Bestellingen",
         ("-    data: [contact-details, orders]", "+    data: [orders]")),
        ("Register", "newsletters", "data", "• Bestellingen\r\n- contactgegevens",
         ("-    data: [contact-details, orders]", "+    data: [orders, contact-details]")),
        ("Register", "archive", "transfers", "geen", ("+    transfers: none",)),
        ("Register", "archive", "since", "1-7-2026", ("+    since: 2026-07-01",)),
        ("Register", "archive", "profiling", "Nee", ("+    profiling: no",)),
        ("Bewaartermijnen", "newsletters/1", "period", "18 maanden",
         ("-      - {period: P5Y, start: laatste contact}", "+      - {period: P18M, start: laatste contact}")),
        ("Bewaartermijnen", "archive/0", "period", "7 jaar", ("+    retention:", "+      - {period: P7Y}")),
        ("Ontvangers", "archive/0", "party", "Mailer Inc.", ("-    recipients: none", "+    recipients: [mailer]")),
        ("Ontvangers", "archive/0", "party", "", ("-    recipients: none",)),
        ("Partijen", "host", "country", "Duitsland", ("-  host: {name: NO, country: NO}", "+  host: {name: NO, country: DE}")),
        ("Partijen", "mailer", "contract.signed", "2024-01-31",
         ("-  mailer: {name: Mailer Inc., country: US, role: processor}",
          "+  mailer: {name: Mailer Inc., country: US, role: processor, contract: {signed: 2024-01-31}}")),
        ("Partijen", "mailer", "contract.kind", "geen",
         ("-  mailer: {name: Mailer Inc., country: US, role: processor}",
          "+  mailer: {name: Mailer Inc., country: US, role: processor, contract: none}")),
        ("Organisatie", "controller", "dpo.name", "geen",
         ("-controller: {name: Winkel B.V., country: NL, contact: {email: privacy@winkel.example}}",
          "+controller: {name: Winkel B.V., country: NL, contact: {email: privacy@winkel.example}, dpo: none}")),
        ("Doelen", "newsletters.to-customers", "about", "eigen klanten behouden",
         ("-      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(f), interest: eigen klanten}}",
          "+      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(f), interest: eigen klanten behouden}}")),
        ("Doelen", "newsletters.to-customers", "legal_basis.article", "Overeenkomst (art. 6 lid 1 onder b)",
         ("-      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(f), interest: eigen klanten}}",
          "+      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(b), contract: eigen klanten}}")),
    ],
)  # fmt: skip
def test_an_edit_is_that_change_and_no_other(  # noqa: PLR0917 - a row of the table
    book: Book, title: str, one: str, key: str, text: str, lines: tuple[str, ...]
) -> None:
    book.put(title, one, key, text)
    assert book.written() == {"register.yaml": lines}


@pytest.mark.parametrize(
    "text",
    ["=cmd()", "+31", "-5", "@x", "\ttab", "0012", "NO", "1e5", "12:30", "  two blanks", "two\nlines", "😀", "שלום", "none: x", "# no comment", "yes", "_x0041_"],
)  # fmt: skip
def test_odd_texts_arrive_as_they_were_typed(book: Book, text: str) -> None:
    book.put("Register", "newsletters", "owner", text.replace("_x0041_", "_x005F_x0041_"))
    book.written()
    owner = ropa.load(book.folder).register.activities["newsletters"].owner  # type: ignore[union-attr]
    assert owner == text


def test_a_new_row_is_a_new_record_in_a_file_of_its_own(book: Book) -> None:
    book.add("Register", name="Webwinkel – Bestellingen", data="Bestellingen\nContactgegevens")
    book.add("Doelen", of="Webwinkel – Bestellingen", name="Leveren", legal_basis__article="6(1)(b)")
    book.add("Bewaartermijnen", of="webwinkel-bestellingen", period="7 jaar")
    assert book.written() == {
        "activities/webwinkel-bestellingen.yaml": (
            "+activities:",
            "+  webwinkel-bestellingen:",
            "+    name: Webwinkel – Bestellingen",
            "+    data: [orders, contact-details]",
            "+    purposes:",
            "+      leveren:",
            "+        name: Leveren",
            "+        legal_basis: {article: 6(1)(b)}",
            "+    retention:",
            "+      - {period: P7Y}",
        )
    }


def test_a_new_party_can_be_named_at_once(book: Book) -> None:
    book.add("Partijen", name="Pakket B.V.", country="Nederland", role="verwerker")
    book.add("Ontvangers", of="Nieuwsbrieven", party="pakket b.v.")
    assert book.written() == {
        "register.yaml": (
            "-    recipients: [mailer]",
            "+    recipients: [mailer, pakket-b-v]",
            "+  pakket-b-v: {name: Pakket B.V., role: processor, country: NL}",
        )
    }


def test_a_deleted_row_is_a_record_less(book: Book) -> None:
    book.delete("Register", "archive")
    assert book.written() == {"register.yaml": ("-  archive:", "-    name: Archief", "-    recipients: none")}


def test_a_deleted_part_leaves_a_gap_and_no_claim(book: Book) -> None:
    book.delete("Bewaartermijnen", "newsletters/1")
    lines = book.written()["register.yaml"]
    assert "-      - {period: P5Y, start: laatste contact}" in lines
    assert not any(line.startswith("+") for line in lines)


def test_a_text_in_two_languages_changes_in_the_workbooks_own(tmp_path: Path) -> None:
    text = TEXT.replace("name: Archief", "name: {nl: Archief, en: Archive}")
    book = Book(tmp_path, text, language="en")
    assert book.get("Register", "newsletters", "name") == "Nieuwsbrieven [nl]"
    book.put("Register", "archive", "name", "Archives")
    book.put("Register", "newsletters", "name", "Newsletters")
    book.put("Doelen" if "Doelen" in book.book.sheetnames else "Purposes", "newsletters.to-customers", "name", "Klanten op de hoogte houden [nl]")  # fmt: skip
    assert book.written()["register.yaml"] == (
        "-    name: Nieuwsbrieven # what customers call it",
        "+    name: {nl: Nieuwsbrieven, en: Newsletters} # what customers call it",
        "-      to-customers: {name: Klanten informeren, legal_basis: {article: 6(1)(f), interest: eigen klanten}}",
        "+      to-customers: {name: Klanten op de hoogte houden, legal_basis: {article: 6(1)(f), interest: eigen klanten}}",
        "-    name: {nl: Archief, en: Archive}",
        "+    name: {nl: Archief, en: Archives}",
    )


def test_an_activity_and_a_part_of_it_can_both_be_edited_in_whatever_order_the_sheets_stand(book: Book) -> None:
    book.put("Register", "newsletters", "owner", "Marketing")
    book.put("Doelen", "newsletters.to-customers", "about", "eigen klanten behouden")
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    book.book.move_sheet("Register", len(book.book.sheetnames))
    found = book.back()
    assert found.ok
    assert {change.path: change.after for change in found.changes} == {
        "activities.newsletters.owner": "Marketing",
        "activities.newsletters.purposes.to-customers.legal_basis.interest": "eigen klanten behouden",
        "activities.newsletters.retention[0].period": "P2Y",
    }


# --- when the text moved on


def test_what_the_text_changed_since_is_kept_and_only_a_clash_is_a_conflict(book: Book) -> None:
    file = book.folder / "register.yaml"
    moved = TEXT.replace("name: Archief", "name: Archieven").replace("period: P5Y", "period: P3Y")
    file.write_text(moved, encoding="utf-8")
    book.put("Register", "newsletters", "owner", "Marketing")
    assert book.back().ok
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    found = book.back()
    assert [str(one) for one in found.conflicts] == [
        "Bewaartermijnen!C7: this says “2 jaar”, and the text since the export “3 jaar”"
    ]
    with pytest.raises(ropa.WriteError, match="conflict"):
        found.write()
    book.put("Bewaartermijnen", "newsletters/1", "period", "3 jaar")
    assert book.written()["register.yaml"] == ('-    owner: "0012"', '+    owner: "Marketing"')


def test_a_row_deleted_here_and_changed_there_is_a_conflict(book: Book) -> None:
    (book.folder / "register.yaml").write_text(TEXT.replace("name: Archief", "name: Archieven"), encoding="utf-8")
    book.delete("Register", "archive")
    found = book.back()
    assert [one.key for one in found.conflicts] == ["changed_since"]


def test_a_file_changed_between_reading_and_writing_is_not_overwritten(book: Book) -> None:
    book.put("Register", "archive", "name", "Archieven")
    found = book.back()
    (book.folder / "register.yaml").write_text(TEXT + "# meanwhile\n", encoding="utf-8")
    with pytest.raises(ropa.WriteError, match="changed meanwhile"):
        found.write()


ENTRY = "      - {period: P5Y, start: laatste contact}\n"


def test_an_entry_of_a_list_is_found_again_where_the_text_moved_it(book: Book) -> None:
    moved = TEXT.replace(ENTRY, "      - {period: P1Y, start: bestelling}\n" + ENTRY)
    (book.folder / "register.yaml").write_text(moved, encoding="utf-8")
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    found = book.back()
    assert [(one.path, one.before, one.after) for one in found.changes] == [
        ("activities.newsletters.retention[1].period", "P5Y", "P2Y")
    ]
    book.delete("Bewaartermijnen", "newsletters/1")
    assert book.written() == {"register.yaml": ("-" + ENTRY.rstrip(),)}


@pytest.mark.parametrize(
    "entries",
    ["      - {period: P1Y, start: bestelling}\n", 2 * ("      - {period: P1Y, start: x}\n" + ENTRY).replace("P1Y, start: x", "P9Y")],
)  # fmt: skip
def test_an_entry_that_cannot_be_found_again_is_a_conflict(book: Book, entries: str) -> None:
    (book.folder / "register.yaml").write_text(TEXT.replace(ENTRY, entries), encoding="utf-8")
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    assert [one.key for one in book.back().conflicts] == ["which_part"]
    book.delete("Bewaartermijnen", "newsletters/1")
    assert [one.key for one in book.back().conflicts] == ["changed_since"]


# --- what is refused, with its place


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda book: book.put("Register", "archive", "since", "voorjaar"), "is no day; write it as 2026-07-01"),
        (lambda book: book.put("Register", "archive", "data", "Vingerafdrukken"), "is no name or id of “Persoonsgegevens”"),
        (lambda book: book.put("Bewaartermijnen", "newsletters/1", "period", "lang"), "is no length of time"),
        (lambda book: book.put("Partijen", "host", "country", "Atlantis"), "is no country"),
        (lambda book: book.put("Partijen", "host", "role", "vriend"), "is none of: "),
        (lambda book: book.put("Register", "newsletters", "purposes", "x"), "change it on the sheet “Doelen”"),
        (lambda book: book.put("Doelen", "newsletters.to-customers", "of", "Archief"), "an id is not changed here"),
        (lambda book: book.put("Register", "archive", "id", "Archief!"), "cannot be an id"),
        (lambda book: book.put("Register", "archive", "id", "newsletters"), "have the same id newsletters"),
        (lambda book: book.put("Register", "newsletters", "name", ""), "the register could not be read any more"),
        (lambda book: book.delete("Partijen", "mailer"), "the register could not be read any more"),
        (lambda book: book.add("Bewaartermijnen", period="2 jaar"), "what is this new row a part of?"),
        (lambda book: book.add("DPIA", dpia__required="ja"), "a new row goes on the sheet “Register”"),
        (lambda book: book.sheet("Register").merge_cells("B7:C8"), "are merged; split them again"),
        (lambda book: book.sheet("Register").delete_cols(1), "the column of ids is missing"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_nothing_is_written(
    book: Book, edit: Callable[[Book], None], says: str
) -> None:
    edit(book)
    found = book.back()
    assert found.refused
    assert says in str(found.refused[0])
    assert "!" in str(found.refused[0].cell)
    assert not found.ok
    with pytest.raises(ropa.WriteError):
        found.write()
    assert (book.folder / "register.yaml").read_text(encoding="utf-8") == TEXT


def test_rows_sorted_without_their_ids_are_refused(tmp_path: Path) -> None:
    book = Book(tmp_path, TEXT + "measures: {a: {name: Een}, b: {name: Twee}, c: {name: Drie}}\n")
    names = ["Drie", "Een", "Twee"]
    for one, name in zip("abc", names, strict=True):
        book.put("Maatregelen", one, "name", name)
    found = book.back()
    assert [one.key for one in found.refused] == ["sorted"]


def test_two_ids_that_changed_places_are_seen_although_a_row_was_edited_too(tmp_path: Path) -> None:
    book = Book(tmp_path, TEXT + "measures: {a: {name: Een}, b: {name: Twee}, c: {name: Drie}}\n")
    book.put("Maatregelen", "a", "name", "Twee")
    book.put("Maatregelen", "b", "name", "Een en meer")
    assert [one.key for one in book.back().refused] == ["sorted"]


def test_what_is_edited_or_added_in_a_record_that_was_deleted_is_refused(book: Book) -> None:
    book.delete("Register", "newsletters")
    assert book.back().ok
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    book.put("Doelen", "newsletters.to-customers", "about", "eigen klanten behouden")
    book.add("Ontvangers", of="Nieuwsbrieven", party="Mailer Inc.")
    found = book.back()
    assert {one.key for one in found.refused} == {"edited_and_removed"}
    assert {one.cell.sheet for one in found.refused} == {"Bewaartermijnen", "Doelen", "Ontvangers"}


@pytest.mark.parametrize("text", [None, "news"])
@pytest.mark.parametrize(("title", "one"), [("Register", "newsletters"), ("Doelen", "newsletters.to-customers")])
def test_an_id_that_was_emptied_or_changed_is_refused(book: Book, title: str, one: str, text: str | None) -> None:
    book.put(title, one, "id", text)
    assert [each.key for each in book.back().refused] == ["id_changed"]


def test_the_same_language_edited_on_two_sheets_is_a_conflict(tmp_path: Path) -> None:
    book = Book(tmp_path, language=("nl", "en"))
    book.put("Register (nl)", "archive", "name", "Kelder")
    book.put("Register (en)", "archive", "name", "Zolder [nl]")
    assert [one.key for one in book.back().conflicts] == ["two_answers"]
    book.put("Register (en)", "archive", "name", "Cellar")
    assert [change.after for change in book.back().changes] == [{"nl": "Kelder", "en": "Cellar"}]


def test_rows_and_columns_may_move_and_sheets_be_renamed(book: Book) -> None:
    sheet = book.sheet("Register")
    sheet.title = "Mijn register"
    book.put("Mijn register", "archive", "owner", "Secretariaat")
    sheet.insert_cols(3)
    sheet.insert_rows(1)
    found = book.back()
    assert [change.path for change in found.changes] == ["activities.archive.owner"]
    assert not found.refused


def test_what_reaches_no_field_is_noted(book: Book) -> None:
    sheet = book.sheet("Register")
    sheet.cell(FIRST, sheet.max_column + 1).value = "een gedachte"
    del book.book["Maatregelen"]
    remark = book.sheet("Bevindingen")
    remark.cell(FIRST, book.column("Bevindingen", "remark")).value = "doen we in mei"
    found = book.back()
    assert found.ok
    assert {one.key for one in found.remarks} == {"stray", "sheet_missing", "remarked"}
    assert any("doen we in mei" in str(one) for one in found.remarks)


def test_without_its_memory_nothing_counts_as_deleted(book: Book) -> None:
    del book.book["_ropa"]
    book.delete("Register", "archive")
    book.put("Register", "newsletters", "owner", "Marketing")
    found = book.back()
    assert [change.path for change in found.changes] == ["activities.newsletters.owner"]
    assert [one.key for one in found.remarks] == ["no_memory"]


def test_two_languages_that_disagree_are_a_conflict(tmp_path: Path) -> None:
    book = Book(tmp_path, language=("nl", "en"))
    book.put("Partijen (nl)", "host", "country", "Zweden")
    book.put("Parties (en)", "host", "country", "Finland")
    assert [one.key for one in book.back().conflicts] == ["two_answers"]
    book.put("Parties (en)", "host", "country", "Sweden")
    assert [change.after for change in book.back().changes] == ["SE"]


def test_two_sheets_that_disagree_are_a_conflict_too(tmp_path: Path) -> None:
    book = Book(tmp_path, layout="cnil")
    book.put("Lijst van verwerkingen", "archive", "name", "Kelder")
    card = book.sheet("2 Archief")
    at = next(row for row in range(1, card.max_row + 1) if card.cell(row, 1).value == "name")
    card.cell(at, 3).value = "Zolder"
    assert [one.key for one in book.back().conflicts] == ["two_answers"]
    card.cell(at, 3).value = "Kelder"
    assert [change.after for change in book.back().changes] == ["Kelder"]


def test_the_same_new_id_in_two_languages_is_refused(tmp_path: Path) -> None:
    book = Book(tmp_path, language=("nl", "en"))
    book.add("Register (nl)", id="shop", name="Winkel")
    book.add("Register (en)", id="shop", name="Shop")
    assert [one.key for one in book.back().refused] == ["two_rows"]


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        ({"layout": "/etc/passwd.yaml"}, "exported with a layout of your own"),
        ({"layout": "ours"}, "name its file with `--layout`"),
    ],
)
def test_a_strangers_file_names_no_file_to_open(book: Book, forged: dict[str, str], says: str) -> None:
    memory = book.sheet("_ropa")["A1"]
    memory.value = json.dumps({**json.loads(str(memory.value)), **forged})
    with pytest.raises(ropa.WorkbookError, match=says):
        book.back()


@pytest.mark.parametrize("forged", [{"on": "tomorrow"}, {"on": 3}, {"languages": 3}, {"columns": []}, {"more": 1}])
def test_a_memory_that_somebody_changed_is_none(book: Book, forged: dict[str, object]) -> None:
    memory = book.sheet("_ropa")["A1"]
    memory.value = json.dumps({**json.loads(str(memory.value)), **forged})
    assert [one.key for one in book.back().remarks] == ["no_memory"]


def test_a_language_that_ropa_does_not_speak_is_no_sheet_of_ours(book: Book) -> None:
    for cell in book.sheet("Partijen")[KEYS]:
        cell.value = str(cell.value).replace(".nl.", ".zz.")
    assert "sheet_missing" in {one.key for one in book.back().remarks}


def test_a_byte_order_mark_stays_and_so_does_a_link(tmp_path: Path) -> None:
    book = Book(tmp_path, "\ufeff" + TEXT)
    real = tmp_path / "real.yaml"
    file = book.folder / "register.yaml"
    book.put("Register", "archive", "name", "Archieven")
    book.back().write()
    assert file.read_bytes() == ("\ufeff" + TEXT.replace("Archief", "Archieven")).encode()
    file.rename(real)
    file.symlink_to(real)
    book.put("Register", "archive", "owner", "Kelder")
    book.book.save(book.file)
    ropa.import_workbook(ropa.load(file), book.file).write()
    assert file.is_symlink()
    assert "Kelder" in real.read_text(encoding="utf-8")


def test_a_layout_of_ones_own_comes_back_when_its_file_is_named(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(Path("docs/workbook.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0])
    book = Book(tmp_path, layout=str(ours), language="nl")
    book.put("Activities", "archive", "dpia.done", "2026-07-01")
    book.book.save(book.file)
    found = ropa.import_workbook(book.loaded, book.file, layout=str(ours))
    assert [(change.path, change.after) for change in found.changes] == [
        ("activities.archive.dpia", {"done": "2026-07-01"})
    ]


def test_a_part_that_two_sheets_edit_says_what_both_say_or_is_a_conflict(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "name: ours\ntitle: {en: Ours}\nsheets:\n"
        "  - {key: acts, rows: activities, title: {en: Acts}, columns: [{key: id}, {key: name}, {key: retention.period, label: {en: Kept}}]}\n"
        "  - {key: kept, rows: activities.retention, title: {en: Kept}, columns: [{key: id}, {key: of}, {key: period}, {key: start}]}\n"
    )  # fmt: skip
    book = Book(tmp_path, layout=str(ours))
    book.put("Acts", "newsletters", "retention.period", "2 jaar")
    book.put("Kept", "newsletters/1", "start", "einde")
    book.book.save(book.file)
    found = ropa.import_workbook(book.loaded, book.file, layout=str(ours))
    assert found.ok
    assert [change.after for change in found.changes] == ["P2Y", "einde"]
    book.put("Kept", "newsletters/1", "period", "3 jaar")
    book.book.save(book.file)
    found = ropa.import_workbook(book.loaded, book.file, layout=str(ours))
    assert [str(one) for one in found.conflicts] == ["Kept!C7: Acts!C7 says something else of the same"]


@pytest.mark.parametrize("party", ["", "Mailer Inc."])
def test_a_word_for_all_parts_and_another_answer_are_a_conflict(book: Book, party: str) -> None:
    book.put("Register", "archive", "recipients", "onbekend")
    book.put("Ontvangers", "archive/0", "party", party)
    assert [one.key for one in book.back().conflicts] == ["two_answers"]


# --- the command


def test_import_shows_first_and_writes_when_asked(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.put("Register", "archive", "name", "Archieven")
    book.book.save(book.file)
    assert main(["import", str(book.file), "--into", str(book.folder)]) == 0
    out = capsys.readouterr().out
    assert "changed   activities.archive.name  (Register!B8)\n        - Archief\n        + Archieven\n" in out
    assert "1 change in 1 file. Nothing was written: add --write." in out
    assert main(["import", str(book.file), "--into", str(book.folder), "--write", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"]
    assert told["changes"] == [
        {"kind": "changed", "path": "activities.archive.name", "cell": "Register!B8", "before": "Archief", "after": "Archieven"}
    ]  # fmt: skip
    assert main(["import", str(book.file), "--into", str(book.folder)]) == 0
    assert capsys.readouterr().out == "No differences.\n"


def test_import_says_by_its_exit_code_what_stands_in_the_way(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["import", str(book.file), "--into", str(book.folder), "--write", "--language", "nl"]
    book.put("Register", "archive", "since", "voorjaar")
    book.book.save(book.file)
    assert main(asked) == 2
    assert "refused   Register!" in (out := capsys.readouterr().out)
    assert "is geen datum; schrijf haar als 2026-07-01" in out
    (book.folder / "register.yaml").write_text(TEXT.replace("Archief", "Archieven"), encoding="utf-8")
    book.put("Register", "archive", "since", "")
    book.put("Register", "archive", "name", "Kelder")
    book.book.save(book.file)
    assert main(asked) == 1
    assert main(["import", "register.txt", "--into", str(book.folder)]) == 2


def test_what_stands_in_the_way_is_told_in_one_order(book: Book) -> None:
    book.delete("Register", "newsletters")
    book.delete("Register", "archive")
    book.put("Bewaartermijnen", "newsletters/1", "period", "2 jaar")
    book.put("Doelen", "newsletters.to-customers", "about", "eigen klanten behouden")
    book.add("Ontvangers", of="Archief", party="Mailer Inc.")
    book.book.save(book.file)
    asked = [sys.executable, "-m", "ropa", "import", str(book.file), "--into", str(book.folder)]
    told = [
        subprocess.run(asked, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False)
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    assert {one.returncode for one in told} == {2}
    assert len({one.stdout for one in told}) == 1


def test_a_foreign_workbook_is_refused(book: Book, tmp_path: Path) -> None:
    foreign = openpyxl.Workbook()
    foreign.active.append(["a", "b"])  # type: ignore[union-attr]
    foreign.save(tmp_path / "foreign.xlsx")
    with pytest.raises(ropa.WorkbookError, match="no sheet of it is one that `ropa export` wrote"):
        ropa.import_workbook(book.loaded, tmp_path / "foreign.xlsx")


def test_a_register_in_files_of_one_activity_each_stays_so(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree("registers/sensus", folder)
    (folder / "acts").mkdir()
    (folder / "acts" / "one.yaml").write_text("activities:\n  one:\n    name: Een\n", encoding="utf-8")
    loaded = ropa.load(folder)
    ropa.export(ropa.check(loaded, on=DAY), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    register = book["Register"]
    at = next(row for row in range(FIRST, register.max_row + 1) if register.cell(row, 1).value == "one")
    register.delete_rows(at)
    register.cell(register.max_row + 1, 2).value = "Twee"
    book.save(tmp_path / "book.xlsx")
    found = ropa.import_workbook(loaded, tmp_path / "book.xlsx")
    found.write()
    assert sorted(file.name for file in (folder / "acts").iterdir()) == ["twee.yaml"]
