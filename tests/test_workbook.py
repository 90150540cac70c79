"""The workbook: text stays text, nothing is lost, the same bytes, never half a file."""

from __future__ import annotations

import csv
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import ropa
from ropa.cli import main
from ropa.workbook.layout import LAYOUTS, layout
from ropa.workbook.measuring import pieces, utf16
from ropa.workbook.sheets import FIRST, HEADS, KEYS

LONG = "a long text with words, " * 1667
TEXT = f"""ropa: 1
language: en
controller: {{name: "A & B _x0041_", contact: {{email: a@example.org}}}}
activities:
  one:
    name: "=cmd()"
    purposes: {{p: {{name: "+1"}}}}
    note: "@x"
    retention: [{{period: P1Y6M, start: "#N/A"}}]
    recipients: none
    transfers: none
  two:
    name: {{nl: Tweede, en: Second}}
    recipients: [host]
    note: "{LONG}"
  three:
    name: "-5"
    owner: "bell \\a"
parties: {{host: {{name: unknown, description: a host, role: processor, country: US}}}}
transfers: {{away: {{to: host, instruments: [{{adequacy: us-privacy-shield}}]}}}}
"""
DAY = date(2026, 11, 22)


def exported(path: Path, text: str = TEXT, language: str = "nl", **options: Any) -> dict[str, list[list[str]]]:
    """Return the sheets of an export as rows of text, as another program reads them."""
    loaded = ropa.load_text(text)
    assert not loaded.problems
    ropa.export(ropa.check(loaded, on=DAY), path, language=language, **options)
    book = CalamineWorkbook.from_path(path)
    return {name: [list(map(str, row)) for row in _rows(book, name)] for name in book.sheet_names}


def _rows(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def cells(rows: list[list[str]], one: str, *keys: str) -> list[str]:
    """Return what a record's row says in the columns of some keys."""
    at = {key.split(".", 2)[2]: number for number, key in enumerate(rows[KEYS - 1]) if key}
    row = next(row for row in rows[FIRST - 1 :] if row[at["id"]] == one)
    return [row[at[key]] for key in keys]


def test_one_row_per_activity_and_text_stays_text(tmp_path: Path) -> None:
    sheets = exported(tmp_path / "x.xlsx")
    assert list(sheets) == [
        "Voorblad", "Register", "Doelen", "Ontvangers", "Partijen", "Doorgiften", "Instrumenten", "Bewaartermijnen",
        "Maatregelen", "Gegevensstromen", "Rechten", "DPIA", "Organisatie", "Persoonsgegevens", "Betrokkenen",
        "Bevindingen", "Lijsten", "_ropa",
    ]  # fmt: skip
    rows = sheets["Register"]
    assert [row[0] for row in rows[FIRST - 1 :] if "#" not in row[0]] == ["one", "two", "three"]
    assert cells(rows, "one", "name", "purposes", "note", "retention", "recipients", "transfers") == [
        "=cmd() [en]", "+1 [en]", "@x [en]", "1 jaar 6 maanden, gerekend vanaf: #N/A [en]", "geen", "geen doorgifte buiten de EER",
    ]  # fmt: skip
    assert cells(rows, "three", "owner", "retention") == ["bell \ufffd [en]", "niet vastgelegd"]
    assert cells(rows, "two", "name") == ["Tweede"]
    assert cells(rows, "two", "transfers")[0].startswith(
        "a host [en] (naam niet vastgelegd) (Verenigde Staten): Adequaatheidsbesluit"
    )
    assert sheets["Voorblad"][8][1] == "A & B _x0041_"


def test_a_long_text_goes_on_in_further_rows(tmp_path: Path) -> None:
    rows = exported(tmp_path / "x.xlsx", language="en")["Register"]
    note = rows[KEYS - 1].index("register.en.note")
    assert len(LONG) > 40_000
    two = [row for row in rows if row[0].split("#")[0] == "two"]
    assert "".join(row[note] for row in two) == LONG
    assert two[1][0] == "two#2"
    assert two[1][1].startswith("Second (continued 2/")


@pytest.mark.parametrize("text", ["", "x" * 70_000, "😀" * 33_000, "\n" * 99, "a\nb\n\n", "long words " * 999])
def test_pieces_together_are_the_text(text: str) -> None:
    cut = pieces(text, 20)
    assert "".join(cut) == text
    assert all(utf16(piece) <= 32_767 for piece in cut)
    assert all(cut) or not text


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    exported(tmp_path / "one.xlsx")
    exported(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_no_formulas_and_no_links_out(tmp_path: Path) -> None:
    exported(tmp_path / "x.xlsx", language="en")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as file:
        for name in file.namelist():
            part = file.read(name).decode()
            assert "<f>" not in part
            assert "customHeight" not in part
            assert 'TargetMode="External"' not in part


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_letter_of_article_30_has_columns(name: str) -> None:
    asked = {
        column.key for sheet in layout(name).sheets for column in sheet.columns if sheet.kind in ("table", "cards")
    }
    if name == "processor":
        assert {"on_behalf", "processing", "transfers", "security_in_full"} <= asked
    else:
        assert {"purposes", "data_subjects", "data", "recipients", "retention"} <= asked
        assert {"controllers", "shared_with"} & asked  # the form of the ICO names the controller once, on its cover
        assert {"transfers", "countries"} & asked
        assert {"security", "security_in_full"} & asked
    for sheet in layout(name).sheets:
        assert {column.band for column in sheet.columns} - {""} == set(sheet.bands)


def test_services_have_their_sheet_only_where_there_are_any(tmp_path: Path) -> None:
    text = "ropa: 1\nprocessor: {name: P}\nservices: {s: {name: Hosting, processing: [hosting]}}\n"
    rows = exported(tmp_path / "x.xlsx", text, "en")["Services"]
    assert cells(rows, "s", "name", "on_behalf", "processing", "transfers") == [
        "Hosting", "not recorded", "hosting", "not recorded",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="folders are made unwritable by mode")
def test_a_failing_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.xlsx"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(ropa.WriteError, match="No space left"):
        exported(target)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["x.xlsx"]


def test_a_register_that_was_not_read_is_not_written(tmp_path: Path) -> None:
    report = ropa.check(ropa.load_text("ropa: 1\nactivitys: {}\n"), on=DAY)
    with pytest.raises(ropa.WriteError, match="could not be read whole"):
        ropa.export(report, tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_cover_says_what_was_not_checked_but_not_which_packs_nobody_asked_for(tmp_path: Path) -> None:
    def cover(day: date) -> str:
        report = ropa.check(ropa.load_text(TEXT), on=day)
        assert report.skipped
        ropa.export(report, tmp_path / "one.xlsx", language="en")
        return " ".join(
            str(cell) for row in _rows(CalamineWorkbook.from_path(tmp_path / "one.xlsx"), "Cover") for cell in row
        )

    assert "Not checked" not in cover(DAY)
    assert "Not checked: before 2018-05-25 the GDPR did not apply" in cover(date(2018, 5, 24))


# --- editions


def own_layout(folder: Path) -> Path:
    """Return the file of the layout that docs/workbook.md shows."""
    file = folder / "ours.yaml"
    file.write_text(Path("docs/workbook.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0])
    return file


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    sheets = exported(tmp_path / "x.xlsx", language="en", layout=str(own_layout(tmp_path)))
    assert list(sheets) == ["Cover", "Activities", "Purposes", "Lists", "_ropa"]
    assert sheets["Activities"][HEADS - 1] == ["Id", "Processing activity", "Purposes", "Time limits for erasure", "Owner", "DPIA done on"]  # fmt: skip
    assert str(tmp_path) not in str(sheets), "where files lie on this machine is nobody's business"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("key: owner,", "ownr"),
        ("rows: activities", "rows: activitys"),
        ("key: purposes,", "key: dpia,"),
        ("title: {en: Activities}", "title: {en: 'A/B'}"),
        ("like: article30.lists", "like: article30.list"),
        ("band: a, required: yes, width: 30", "band: b, width: 30"),
        ("width: 14", "width: wide"),
        ("name: ours", "nam: ours"),
    ],
)
def test_what_is_wrong_with_a_layout_is_named_with_its_line(wrong: str, says: str, tmp_path: Path) -> None:
    file = own_layout(tmp_path)
    text = file.read_text(encoding="utf-8")
    assert wrong in text
    file.write_text(text.replace(wrong, says if " " in says or ":" in says else f"key: {says},"), encoding="utf-8")
    line = text[: text.index(wrong)].count("\n") + 1
    with pytest.raises(ropa.RopaError, match=rf"ours\.yaml:{line}: "):
        exported(tmp_path / "x.xlsx", layout=str(file))
    assert not (tmp_path / "x.xlsx").exists()


def test_an_unknown_layout_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(ropa.RopaError, match="did you mean article30"):
        exported(tmp_path / "x.xlsx", layout="artikel30")


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_internal_and_nothing_hidden_for_an_authority(name: str, tmp_path: Path) -> None:
    loaded = ropa.load("registers/model")
    ropa.export(ropa.check(loaded, on=DAY), tmp_path / "x.xlsx", language="en", layout=name, authority=True)
    book = CalamineWorkbook.from_path(tmp_path / "x.xlsx")
    assert {"Findings", "Waivers", "DPIA", "_ropa"}.isdisjoint(book.sheet_names)
    text = str([_rows(book, sheet) for sheet in book.sheet_names])
    assert "Note" not in text
    assert "LIA-17" not in text
    assert "What is internal: findings, waivers, assessments, notes" in text
    with zipfile.ZipFile(tmp_path / "x.xlsx") as file:
        for part in file.namelist():
            if part.startswith("xl/worksheets/sheet"):
                assert 'hidden="1"' not in file.read(part).decode()
        assert 'state="hidden"' not in file.read("xl/workbook.xml").decode()
        assert "eryHidden" not in file.read("xl/workbook.xml").decode()


def test_several_languages_in_one_workbook(tmp_path: Path) -> None:
    sheets = exported(tmp_path / "x.xlsx", language=("de", "fr"))  # type: ignore[arg-type]
    assert {"Deckblatt (de)", "Verzeichnis (de)", "Couverture (fr)", "Registre (fr)"} <= set(sheets)
    assert cells(sheets["Verzeichnis (de)"], "three", "retention") == ["nicht erfasst"]
    assert cells(sheets["Registre (fr)"], "three", "retention") == ["non renseigné"]


def test_csv_files_hold_no_formula(tmp_path: Path) -> None:
    report = ropa.check(ropa.load_text(TEXT), on=DAY)
    ropa.export_csv(report, tmp_path / "csv", language="en")
    with (tmp_path / "csv" / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["Id", "Processing activity", "Controller, jointly with"]
    assert [row[0] for row in rows[1:]] == ["one", "two", "three"]
    assert rows[1][1] == "'=cmd()"
    assert rows[3][1] == "'-5"
    with pytest.raises(ropa.WriteError, match="name a new folder"):
        ropa.export_csv(report, tmp_path / "csv")


def test_the_clock_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1594944000")
    for name in ("one", "two"):
        assert main(["export", "registers/sensus", "-o", str(tmp_path / f"{name}.xlsx"), "--language", "en"]) == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    cover = str(_rows(CalamineWorkbook.from_path(tmp_path / "one.xlsx"), "Cover"))
    assert "July 17, 2020" in cover
