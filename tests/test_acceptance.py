"""The thirty points on which the workbook is accepted: each has a test, here or where its subject is tested anyway.

| point | what | where |
|---|---|---|
| 1 | opens, with the same sheets | here; damaged files in test_unpacking |
| 2 | the parts are as the standard has them | here |
| 3 | no formula, no error cell | here; test_workbook::test_no_formulas_and_no_links_out |
| 4 | hostile texts come back verbatim | here through LibreOffice; property/test_there_and_back, test_unpacking::test_any_text_comes_back_verbatim |
| 5 | no input makes a file that does not open | property/test_there_and_back::test_what_nobody_edited_changes_nothing |
| 6 | what a cell can hold | here; test_workbook::test_pieces_together_are_the_text |
| 7 | the same bytes | here in fresh processes; test_workbook::test_the_same_register_gives_the_same_bytes |
| 8 | a failing export leaves the old file | test_workbook::test_a_failing_write_leaves_what_was_there |
| 9 | names of sheets | here on the file; test_languages on the layouts |
| 10-15 | size, rows, columns, notes, panes, merges | here |
| 16 | no word of a heading is broken | test_languages::test_no_word_of_a_heading_is_broken |
| 17-23 | heights, paper, colours, findings, cover, links | here; what must be looked at, was |
| 24 | no word of another language | here; test_languages::test_every_text_is_there_in_every_language |
| 25-27 | drop-downs, text cells, the word of warning | here |
| 28 | an unedited file changes nothing | here through LibreOffice and sorted; test_return for all registers and layouts |
| 29 | each edit gives its result | here what test_return has not |
| 30 | what is hidden | here; test_workbook::test_nothing_internal_and_nothing_hidden_for_an_authority |
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from acceptance.formulas import holds
from acceptance.grammar import faults
from acceptance.made import BOOKS, DAY, MANY, Grid, Made, checked, hidden_columns, links, loaded, visible
from acceptance.office import SOFFICE, converted, lost, needs_office, needs_paper, printed
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

import ropa
from ropa.languages import LANGUAGES
from ropa.workbook.layout import LAYOUTS, layout
from ropa.workbook.measuring import LINE, height, utf16
from ropa.workbook.remembering import MEMORY
from ropa.workbook.sheets import BANDS, FIRST, HEADS, KEYS, LEAST, POINTS, WAYS, WIDE
from ropa.workbook.styles import AMBER, BLUE, RED
from ropa.workbook.unpacking import unpacked
from ropa.workbook.words import phrase, word

HOSTILE = (
    "=1+1", "=", "+31 20", "-5 jaar", "@x", "\t=x", "#N/A", "#REF!", "_x0041_", "_x000D_", "00123", "3/4", "1e5", "TRUE",
    " leading and trailing ", "a\u00a0b", "🙂" * 99, "שלום עולם", "e\u0301 is not é", "zero\u200bwidth", "two\nlines", "'quoted'", "<b>&amp;</b>",
)  # fmt: skip
"""Texts that a spreadsheet would take for something else."""

Library = Callable[[str], Made]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return what makes each book once."""
    folder = tmp_path_factory.mktemp("books")
    return cache(lambda name: Made(name, folder / f"{name.replace(' ', '-')}.xlsx"))


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, library: Library) -> Made:
    return library(request.param)


# --- the file


def test_01_opens_with_the_same_sheets_everywhere(book: Made) -> None:
    assert CalamineWorkbook.from_path(book.file).sheet_names == book.book.sheetnames
    assert book.book.sheetnames[-1] == MEMORY
    assert len(book.pages) == len(book.book.sheetnames) - 1


def test_02_every_part_is_as_the_standard_has_it(book: Made) -> None:
    assert {name: found for name, text in book.parts.items() if (found := list(faults(name, text))[:3])} == {}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("<sheetData>", "<sheetData><sheetData></sheetData>", "<sheetData>"),
        (' ht="', ' height="', "<row height="),
        ("</sheetFormatPr>", '</sheetFormatPr><pageMargins left="1"></pageMargins>', "<pageMargins> without"),
        (' t="inlineStr"', ' t="inlineString"', 't="inlineString"'),
    ],
)
def test_02_the_grammar_bites(right: str, wrong: str, says: str, library: Library) -> None:
    part = "xl/worksheets/sheet2.xml"
    text = library(BOOKS[0]).parts[part]
    assert right in text
    assert any(says in fault for fault in faults(part, text.replace(right, wrong, 1)))


@pytest.mark.skipif("ROPA_OOXML_SCHEMAS" not in os.environ, reason="ROPA_OOXML_SCHEMAS names no folder with the schemas of ISO/IEC 29500 (sml.xsd)")  # fmt: skip
def test_02_every_part_is_as_the_schemas_of_the_standard_have_it(book: Made) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = _schema(xmlschema, os.environ["ROPA_OOXML_SCHEMAS"])
    found = {
        name: [fault.reason for fault in schema.iter_errors(text) if "xml:space" not in str(fault.reason)][:3]
        for name, text in book.parts.items()
        if re.fullmatch(r"xl/(worksheets/sheet[0-9]+|workbook|styles|comments/comment[0-9]+)\.xml", name)
    }
    assert {name: each for name, each in found.items() if each} == {}


@cache
def _schema(xmlschema: Any, folder: str) -> Any:
    return xmlschema.XMLSchema(str(Path(folder) / "sml.xsd"), validation="lax")


def test_03_every_cell_is_text(book: Made) -> None:
    for page in book.book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.value is None or cell.data_type in ("s", "inlineStr"), f"{page.title}!{cell.coordinate}"


def test_06_a_cell_holds_no_more_than_a_spreadsheet_takes(book: Made) -> None:
    for page in book.book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                text = str(cell.value or "")
                assert utf16(text) <= 32_767
                assert text.count("\n") <= 253


def test_07_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.xlsx"
        command = [sys.executable, "-m", "ropa", "export", "registers/model", "-o", str(file), "--on", "2026-11-22"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        written.append(file.read_bytes())
    assert written[0] == written[1]


def test_09_sheets_have_names_that_every_spreadsheet_takes(book: Made) -> None:
    names = book.book.sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= utf16(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$|^History$", name)


def test_10_three_hundred_activities_stay_below_500_kb(library: Library) -> None:
    many = library(BOOKS[-1])
    assert len(loaded(many.register).register.activities) == MANY  # type: ignore[union-attr]
    assert many.file.stat().st_size < 500_000


# --- the tables


def test_11_one_row_for_each_activity_with_an_id_of_its_own(book: Made) -> None:
    register = loaded(book.register).register
    assert register is not None
    for grid in book.grids:
        if grid.sheet.key in ("register", "services") and grid.sheet.kind == "table":
            ids = list(grid.ids.values())
            assert len(set(ids)) == len(ids)
            assert [one for one in ids if "#" not in one] == list(getattr(register, grid.sheet.rows))


def test_11_what_goes_on_is_numbered(tmp_path: Path) -> None:
    text = "ropa: 1\nlanguage: en\nactivities: {a: {name: A, note: '" + "many words " * 900 + "'}, b: {name: B}}\n"
    ropa.export(ropa.check(ropa.load_text(text), on=DAY), tmp_path / "x.xlsx", language="en")
    rows = (
        CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_name("Register").to_python(skip_empty_area=False)
    )
    ids = [str(row[0]) for row in rows[FIRST - 1 :]]
    assert len(ids) > 3
    assert ids == ["a", *(f"a#{number}" for number in range(2, len(ids))), "b"]


@pytest.mark.parametrize(
    ("name", "key", "letters", "where_applicable"),
    [
        ("sensus nl article30", "register", "abcdefg", set()),
        ("37signals en processor", "services", "abcd", {"through"}),  # sub-processors: a processor may have none
    ],
)
def test_12_the_columns_stand_under_their_letters_in_order(
    name: str, key: str, letters: str, where_applicable: set[str], library: Library
) -> None:
    grid = library(name).grid(key)
    said = [str(cell.value)[:2] for cell in grid.page[BANDS] if cell.value]
    assert said[:-1] == [f"{letter})" for letter in letters]
    bands = [column.band for _, column in grid.columns if column.band]
    assert list(dict.fromkeys(bands)) == [*letters, "extra"]
    assert bands == sorted(bands, key=[*letters, "extra"].index)
    asked = [column for _, column in grid.columns if column.band not in ("", "extra")]
    assert {column.key for column in asked if not column.required} == where_applicable
    assert {column.band for column in asked if column.required} == set(letters)


PROVISION = re.compile(r"\b[Aa]rt\. [0-9]+")


def test_13_every_required_heading_has_a_note_with_its_provision(book: Made) -> None:
    required = 0
    for grid in book.grids:
        for _, column in grid.columns:
            if column.required:
                required += 1
                note = grid.heading(column.key).comment
                assert note is not None, f"{grid.page.title}: {grid.heading(column.key).value}"
                assert PROVISION.search(note.text), note.text
    assert required > 5


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_13_the_note_is_there_in_every_language(name: str, language: str) -> None:
    for sheet in layout(name).sheets:
        for column in sheet.columns:
            if column.required:
                assert PROVISION.search(column.note.get(language, "")), f"{sheet.key}.{column.key}"


def test_14_headings_stay_in_sight_and_the_filter_spans_all_columns(book: Made) -> None:
    for grid in book.grids:
        fixed = get_column_letter(grid.sheet.fixed + 1)
        assert grid.page.freeze_panes in (f"{fixed}{FIRST}", f"A{FIRST}")
        left, top, right, bottom = range_boundaries(grid.page.auto_filter.ref)
        assert (left, top, right) == (1, HEADS, len(grid.keys)), "ids must move along when rows are sorted"
        assert (bottom or 0) >= grid.last
        assert grid.page.row_dimensions[KEYS].hidden


def test_15_no_cells_are_merged_in_a_table(book: Made) -> None:
    covers = {phrase("cover", language) for language in book.languages}
    for page in book.book.worksheets:
        if page.title.partition(" (")[0] not in covers:
            assert page.merged_cells.ranges == set(), page.title


def _width(page: Worksheet, column: int) -> float:
    """Return how wide a column is; one dimension may stand for several."""
    return next(
        (one.width for one in page.column_dimensions.values() if (one.min or 0) <= column <= (one.max or 0)), 8.43
    )


def test_17_rows_are_as_high_as_what_they_say_and_still_grow(book: Made) -> None:
    for part, text in book.parts.items():
        assert "customHeight" not in text, part
    for page in book.pages:
        for row in page.iter_rows(min_row=KEYS + 1):
            said = [cell for cell in row if isinstance(cell, Cell) and cell.value and cell.alignment.wrap_text]
            if said and not page.merged_cells.ranges:
                away = hidden_columns(page)
                texts = [
                    (str(cell.value), _width(page, cell.column) - 0.71) for cell in said if cell.column not in away
                ]
                points = page.row_dimensions[said[0].row].height
                assert points is not None, f"{page.title}!{said[0].row} has no height"
                assert max(height(texts) - 6, LINE) <= points <= 409, f"{page.title}!{said[0].row}"


# --- on paper


def test_18_every_sheet_is_set_up_for_paper(book: Made) -> None:
    for page in book.pages:
        assert page.oddFooter is not None
        assert page.oddHeader is not None
        assert "&P / &N" in str(page.oddFooter.right.text)
        assert page.oddHeader.right.text
        assert not page.print_area, "rows that are added would not be printed"
    for grid in book.grids:
        page = grid.page
        assert page.page_setup.orientation == "landscape"
        assert page.print_title_rows == f"${BANDS}:${HEADS}"
        away = hidden_columns(page)
        wide = [0.0 if at in away else _width(page, at) for at in range(1, len(grid.keys) + 1)]
        breaks = [one.id for one in page.col_breaks.brk] if page.col_breaks else []
        leaves = _leaves(wide, breaks, grid.sheet.fixed)
        scale = min(1.0, WIDE[grid.sheet.paper] / (max(leaves) * POINTS))
        assert scale >= LEAST, f"{page.title}: ten points become {10 * scale:.1f}"
        if breaks:
            assert page.print_title_cols == f"$A:${get_column_letter(grid.sheet.fixed)}"
            assert page.page_setup.pageOrder == "overThenDown"
            assert LEAST <= (page.page_setup.scale or 0) / 100 <= scale
            assert min(breaks) > grid.sheet.fixed
        else:
            assert page.sheet_properties.pageSetUpPr is not None
            assert page.sheet_properties.pageSetUpPr.fitToPage
            assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)


def _leaves(wide: list[float], breaks: list[int], fixed: int) -> list[float]:
    """Return how wide each leaf is; all but the first repeat the columns that are fixed."""
    keys = sum(wide[:fixed])
    return [sum(wide[at:end]) + (keys if at else 0.0) for at, end in pairwise([0, *breaks, len(wide)])]


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where LibreOffice keeps what it remembers of these tests."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="session")
def paper(library: Library, profile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Print some books, and one with a row that is too low; return the pages of each by the name of its file."""
    folder = tmp_path_factory.mktemp("paper")
    files = [library(name).file for name in ("sensus nl article30", "model en ico", "qwant fr cnil", "37signals en processor")]  # fmt: skip
    files.append(_squashed(library("sensus nl article30"), folder / "squashed.xlsx"))
    found = converted(files, "pdf", folder, profile)
    return {name: printed(pdf) for name, pdf in found.items()}


def _tall_row(made: Made) -> int:
    page = made.grid("register").page
    return max(range(FIRST, page.max_row + 1), key=lambda row: page.row_dimensions[row].height or 0)


def _squashed(made: Made, file: Path) -> Path:
    """Write a book once more, with the highest row of its register 40 points high."""
    again = openpyxl.load_workbook(made.file)
    again[made.grid("register").page.title].row_dimensions[_tall_row(made)].height = 40
    again.save(file)
    return file


@needs_paper
def test_18_every_page_is_one_whole_leaf(paper: dict[str, list[str]], library: Library) -> None:
    """A page that has one heading of a leaf has them all; each leaf has as many pages as the others."""
    made = library("sensus nl article30")
    grid = made.grid("register")
    away = hidden_columns(grid.page)
    breaks = [one.id for one in grid.page.col_breaks.brk]
    assert breaks
    title = f"– {grid.page.title}"
    pages = [re.sub(r"\s", "", page) for page in paper[made.file.stem] if title in page]
    wanted = [
        [re.sub(r"\s", "", str(grid.page.cell(HEADS, at).value)) for at in range(begin + 1, end + 1) if at not in away]
        for begin, end in pairwise([0, *breaks, len(grid.keys)])
    ]
    seen = [sum(all(heading in page for heading in leaf) for page in pages) for leaf in wanted]
    assert min(seen) > 0
    assert len(set(seen)) == 1
    assert sum(seen) == len(pages)


@needs_paper
@pytest.mark.parametrize("name", ["sensus nl article30", "model en ico", "qwant fr cnil", "37signals en processor"])
def test_19_every_word_that_is_visible_is_printed(name: str, paper: dict[str, list[str]], library: Library) -> None:
    made = library(name)
    assert lost(made.file, paper[made.file.stem]) == set()


@needs_paper
def test_19_a_word_that_is_not_printed_would_be_noticed(paper: dict[str, list[str]], library: Library) -> None:
    made = library("sensus nl article30")
    missing = lost(made.file, paper["squashed"])
    row = " ".join(str(cell.value) for cell in made.grid("register").page[_tall_row(made)])
    assert missing
    assert missing <= set(row.split())


# --- colours, findings, cover


def _gap_rules(grid: Grid) -> dict[str, tuple[str, str, str]]:
    """Return the conditional format of each column by its letter: formula, fill, ink."""
    found = {}
    for area in grid.page.conditional_formatting:
        (rule,) = area.rules
        letter = str(area.sqref).partition(":")[0].rstrip("0123456789")
        fill = rule.dxf.fill.bgColor.rgb[2:] if rule.dxf.fill else ""
        found[letter] = (rule.formula[0], fill, rule.dxf.font.color.rgb[2:])
    return found


def test_20_a_gap_is_red_until_something_is_typed(book: Made) -> None:
    for grid in book.grids:
        if grid.sheet.kind != "table" or "id" not in grid.keys:
            continue
        rules, identity = _gap_rules(grid), grid.letters["id"]
        name = get_column_letter(2 if grid.keys[0] == "id" else 1)
        gap, unknown, none = (phrase(key, grid.language) for key in ("missing", "unknown", "none"))
        for letter, column in grid.columns:
            if not column.required or column.optional or column.key in ("id", "of"):
                continue
            formula, fill, ink = rules[letter]
            assert (fill, ink) == RED
            here, row = f"{letter}{FIRST}", {f"{identity}{FIRST}": "one", f"{name}{FIRST}": "One"}
            red = {text: holds(formula, {**row, here: text}) for text in (gap, unknown, none, "n.v.t.", "a word")}
            assert red == {gap: True, unknown: True, none: False, "n.v.t.": False, "a word": False}
            if letter != name:
                assert holds(formula, row), "a gap that is emptied stays one"
                assert holds(formula, {f"{name}{FIRST}": "New"}), "a new row shows what it lacks"
                assert not holds(formula, {**row, f"{identity}{FIRST}": "one#2"}), "a row that goes on lacks nothing"
            assert not holds(formula, {}), "an empty row lacks nothing"


def test_20_colours_reach_below_the_last_row(book: Made) -> None:
    for grid in book.grids:
        for area in grid.page.conditional_formatting:
            _, top, _, bottom = range_boundaries(str(area.sqref))
            assert top == FIRST
            assert (bottom or 0) >= grid.last + 100


def test_20_what_art_30_asks_for_is_red_and_the_rest_is_grey(library: Library) -> None:
    grid = library("sensus nl article30").grid("register")
    for letter, column in grid.columns:
        if not column.optional and column.key not in ("id", "of"):
            _, fill, _ = _gap_rules(grid)[letter]
            assert bool(fill) == column.required


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("fill", "ink"), [RED, AMBER, BLUE])
def test_21_a_severity_can_be_read_in_grey(fill: str, ink: str) -> None:
    light, dark = sorted((_luminance(fill), _luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_21_a_finding_says_how_grave_on_what_ground_and_what_to_do(book: Made) -> None:
    colours = {"error": RED, "warning": AMBER, "info": BLUE}
    for language in book.languages:
        grid = book.grid("findings", language)
        words = {word("severity", code, language): colour for code, colour in colours.items()}
        rows = range(FIRST, FIRST + len(checked(book.register).findings))
        assert rows
        for row in rows:
            severity = grid.cell("severity", row)
            fill, ink = words[str(severity.value)]
            assert (severity.fill.fgColor.rgb[2:], severity.font.color.rgb[2:]) == (fill, ink)
            assert all(grid.text(key, row) for key in ("rule", "message", "fix", "place"))
            about_the_law_data = grid.text("rule", row).startswith("KB")
            assert grid.text("cites", row) or about_the_law_data


def test_21_findings_lead_to_their_record_and_records_to_their_findings(book: Made) -> None:
    shown = {"register"} | {grid.sheet.rows for grid in book.grids}
    for language in book.languages:
        grid = book.grid("findings", language)
        there = links(grid.page)
        for row in range(FIRST, FIRST + len(checked(book.register).findings)):
            section = grid.text("subject", row).splitlines()[-1].partition(".")[0]
            assert (f"{grid.letters['rule']}{row}" in there) == (section in shown), section
        for other in book.grids:
            if "findings" in other.keys and other.language == language:
                leads = links(other.page)
                for row, one in other.ids.items():
                    if other.text("findings", row) and "#" not in one:
                        sheet, _, cell = leads[f"{other.letters['findings']}{row}"].rpartition("!")
                        assert sheet.strip("'") == grid.page.title
                        subject = grid.text("subject", int(cell.lstrip("A"))).splitlines()[-1]
                        assert subject.startswith(f"{other.sheet.rows}.{one}"), subject


def test_22_the_cover_says_whose_register_it_is_and_how_to_read_it(book: Made) -> None:
    found = checked(book.register)
    register = found.loaded.register
    assert register is not None
    for language in book.languages:
        page = next(page for page in book.pages if page.title.startswith(phrase("cover", language)))
        text = "\n".join(str(cell.value) for cell in visible(page))
        for key in ("name", "country", "dpo", "representative", "sheets", "legend", "asked", "law", "digest", "hidden", "hidden_says"):  # fmt: skip
            assert phrase(key, language) in text, key
        counts = {"register": len(register.activities), "services": len(register.services), "parties": len(register.parties), "findings": len(found.findings)}  # fmt: skip
        for key, count in counts.items():
            if any(grid.sheet.key == key for grid in book.grids):
                assert re.search(rf"^{count}$", text, re.MULTILINE), key
        assert re.search(r"\b[0-9a-f]{64}\b", text)
        assert str(DAY.year) in text
        assert MEMORY in text, "what is hidden is said"


def test_22_the_cover_leads_to_every_sheet(book: Made) -> None:
    for language in book.languages:
        page = next(page for page in book.pages if page.title.startswith(phrase("cover", language)))
        leads = {target.rpartition("!")[0].strip("'") for target in links(page).values()}
        assert {grid.page.title for grid in book.grids if grid.language == language} <= leads


def test_23_every_link_leads_to_a_place_in_the_workbook(book: Made) -> None:
    assert not any("TargetMode" in text for name, text in book.parts.items() if name.endswith(".rels"))
    for page in book.pages:
        for cell, target in links(page).items():
            title, _, place = target.rpartition("!")
            there = book.book[re.sub(r"^'(.*)'$", r"\1", title).replace("''", "'")]
            left, top, _, _ = range_boundaries(place)
            assert (left or 0) <= there.max_column, f"{page.title}!{cell}"
            assert (top or 0) <= there.max_row, f"{page.title}!{cell}"


# --- words


ITS_OWN = {
    "nl": r"het|een|geen|niet|onder|bij|voor|wordt|worden|gegevens|lid|verwerking",
    "en": r"the|not|by|under|with|which|and|recorded|processing",
    "fr": r"les|du|pour|avec|sont|une|données|traitement",
    "de": r"und|nicht|mit|für|keine|eine|wird|werden|Abs|Daten|Verarbeitung",
}
"""Words that sentences of one of the languages cannot do without, and sentences of the others do not have."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_24_the_tool_speaks_one_language_at_a_time(language: str, tmp_path: Path) -> None:
    """A register that says nothing but numbers: each word of its workbook is the tool's."""
    bare = """ropa: 1
language: en
controller: {name: "1"}
activities:
  a1: {name: "1", purposes: {p1: {name: "2", legal_basis: {article: 6(1)(f)}}, p2: {name: "3"}}, recipients: [x1, x2], dpia: {required: yes}, automated_decisions: none}
  a2: {name: "2", recipients: none, retention: [{period: P5Y, start: "9"}], transfers: none, profiling: yes}
services: {s1: {name: "1", processing: ["2"]}}
parties: {x1: {name: "1", country: US, role: processor}, x2: {name: "2", role: controller, contract: none}}
transfers: {t1: {to: x1, instruments: [{adequacy: us-privacy-shield, listed: unknown}]}, t2: {to: x2, instruments: [{clauses: eu-2021-914, module: 1}]}}
"""
    found = ropa.load_text(bare)
    assert not found.problems
    ropa.export(ropa.check(found, on=DAY), tmp_path / "x.xlsx", language=language)
    made = openpyxl.load_workbook(tmp_path / "x.xlsx")
    foreign = re.compile(rf"\b({'|'.join(said for other, said in ITS_OWN.items() if other != language)})\b")
    own = re.compile(rf"\b({ITS_OWN[language]})\b")
    said = [str(cell.value) for page in made.worksheets[:-1] for cell in visible(page)]
    said += [cell.comment.text for page in made.worksheets for row in page.iter_rows() for cell in row if cell.comment]
    said = [re.sub(r"`[^`]*`|^[a-z0-9]+(-[a-z0-9]+)+$|\S+\.ya?ml\S*", "", text) for text in said]
    assert sum(1 for text in said if own.search(text)) > 50
    assert [(foreign.findall(text), text) for text in said if foreign.search(text)] == []


# --- what helps who edits


def test_25_lists_are_chosen_by_name_and_hints_are_short_enough(book: Made) -> None:
    chosen = 0
    for page in book.pages:
        for one in page.data_validations.dataValidation:
            assert len(one.prompt or "") <= 255
            assert len(one.error or "") <= 225
            assert len(one.promptTitle or "") <= 32
            assert len(one.errorTitle or "") <= 32
            assert one.errorStyle in (None, "warning"), "new words are possible"
            if one.type == "list":
                chosen += 1
                assert not one.formula1.startswith("=")
                title, _, area = book.book.defined_names[one.formula1].attr_text.rpartition("!")
                lists = book.book[title.strip("'")]
                cells = [cell.value for (cell,) in lists[area.replace("$", "")]]
                assert cells
                assert all(cells)
    assert chosen > 3


def test_26_every_cell_is_text_and_so_is_what_is_typed_below(book: Made) -> None:
    """Days are text too, as `2026-07-01`: nothing that a register says can become something else."""
    for grid in book.grids:
        formats = {
            number: one.number_format
            for one in grid.page.column_dimensions.values()
            for number in range(one.min or 0, (one.max or 0) + 1)
        }
        assert all(formats[at] == "@" for at in range(1, len(grid.keys) + 1)), grid.page.title
        for row in grid.page.iter_rows(min_row=FIRST, max_row=min(grid.last, FIRST + 30)):
            assert all(cell.number_format == "@" for cell in row if cell.value)


def test_26_days_are_written_so_that_they_sort(library: Library) -> None:
    grid = library(BOOKS[-1]).grid("register")
    days = [grid.text("since", row) for row in grid.ids]
    assert all(date.fromisoformat(day) for day in days)


def test_27_whoever_edits_a_compiled_cell_is_told_where_to_go(book: Made) -> None:
    led = 0
    for grid in book.grids:
        guards = {
            str(area): one for one in grid.page.data_validations.dataValidation for area in str(one.sqref).split()
        }
        for letter, _ in grid.columns:
            home = str(grid.page[f"{letter}{WAYS}"].value or "").removeprefix("→ ")
            if home:
                led += 1
                guard = next(one for area, one in guards.items() if area.startswith(f"{letter}{FIRST}:"))
                assert (guard.type, guard.formula1, guard.errorStyle) == ("custom", "FALSE", "warning")
                assert home in guard.error
                assert home in book.book.sheetnames
    assert led > 3


# --- there and back


def differences(register: ropa.Loaded, file: Path) -> list[str]:
    found = ropa.import_workbook(register, file)
    return [str(one) for one in (*found.changes, *found.conflicts, *found.refused, *found.remarks)]


def _sorted(made: Made, file: Path) -> Path:
    """Write a book once more, its tables sorted backwards by their last column, ids and all."""
    again = openpyxl.load_workbook(made.file)
    for grid in made.grids:
        page = again[grid.page.title]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST)]
        rows.sort(key=lambda row: [str(value or "") for value in reversed(row)], reverse=True)
        for at, values in enumerate(rows, FIRST):
            for column, value in enumerate(values, 1):
                cell = page.cell(at, column)
                cell.value = value
                if value is not None:
                    cell.data_type = "s"
    again.save(file)
    return file


@pytest.mark.parametrize("name", ["sensus nl article30", "model nl+en article30", "model en ico", "37signals en processor"])  # fmt: skip
def test_28_sorted_rows_change_nothing(name: str, library: Library, tmp_path: Path) -> None:
    made = library(name)
    assert differences(loaded(made.register), _sorted(made, tmp_path / "sorted.xlsx")) == []


SAVED = ("sensus nl article30", "model nl+en article30", "qwant fr cnil", "37signals en processor")


@pytest.fixture(scope="session")
def hostile() -> ropa.Loaded:
    """A register of texts that a spreadsheet would take for something else."""
    told = {"ropa": 1, "language": "en", "controller": {"name": "=1+1"}}
    activities = {f"a{at}": {"name": text, "note": text, "owner": text} for at, text in enumerate(HOSTILE)}
    return ropa.load_text(json.dumps({**told, "activities": activities}, ensure_ascii=False))


@pytest.fixture(scope="session", params=["xlsx", "ods"])
def saved(request: pytest.FixtureRequest, library: Library, hostile: ropa.Loaded, profile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:  # fmt: skip
    """Let LibreOffice save some books anew, one of them sorted, one hostile."""
    assert SOFFICE is not None
    folder, to = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("saved")
    assert not hostile.problems
    ropa.export(ropa.check(hostile, on=DAY), folder / "hostile.xlsx", language="en")
    files = [library(name).file for name in SAVED] + [folder / "hostile.xlsx"]
    files.append(_sorted(library("model nl+en article30"), folder / "sorted.xlsx"))
    return converted(files, request.param, to, profile)


@needs_office
def test_28_a_book_that_libreoffice_saved_changes_nothing(saved: dict[str, Path], library: Library) -> None:
    for name in SAVED:
        made = library(name)
        assert differences(loaded(made.register), saved[made.file.stem]) == [], name
    assert differences(loaded("model"), saved["sorted"]) == []


@needs_office
def test_04_hostile_texts_come_back_from_libreoffice(saved: dict[str, Path], hostile: ropa.Loaded) -> None:
    assert differences(hostile, saved["hostile"]) == []
    rows = next(table.rows for table in unpacked(saved["hostile"]) if table.name == "Register")
    owner = rows[KEYS - 1].index("register.en.owner")
    said = [row[owner] for row in rows[FIRST - 1 :][: len(HOSTILE)]]
    assert [text.replace("_x005F_", "_") for text in said] == list(HOSTILE)


@pytest.mark.parametrize(
    ("edit", "answer"),
    [
        (lambda page: page.append([cell.value for cell in page[FIRST]]), "two_rows"),
        (lambda page: page.delete_cols(5), "column_missing"),
        (lambda page: page.insert_cols(5), ""),
        (lambda page: page.delete_rows(KEYS), "sheet_missing"),
    ],
)
def test_29_what_is_done_to_a_table_is_not_dropped_in_silence(
    edit: Callable[[Worksheet], None], answer: str, library: Library, tmp_path: Path
) -> None:
    made = library("sensus nl article30")
    again = openpyxl.load_workbook(made.file)
    edit(again["Register"])
    again.save(tmp_path / "x.xlsx")
    found = ropa.import_workbook(loaded("sensus"), tmp_path / "x.xlsx")
    assert found.changes == ()
    assert {one.key for one in (*found.refused, *found.remarks)} == ({answer} if answer else set())


def test_29_another_id_on_a_card_is_refused(library: Library, tmp_path: Path) -> None:
    made = library("qwant fr cnil")
    again = openpyxl.load_workbook(made.file)
    card = next(page for page in again.worksheets if page.title.startswith("1 "))
    at = next(row for row in range(1, card.max_row + 1) if card.cell(row, 1).value == "id")
    card.cell(at, 3).value = "another"
    again.save(tmp_path / "x.xlsx")
    found = ropa.import_workbook(loaded("qwant"), tmp_path / "x.xlsx")
    assert [one.key for one in found.refused] == ["identity"]


def test_30_the_hidden_sheet_holds_ids_and_digests_only(book: Made) -> None:
    page = book.book[MEMORY]
    assert page.sheet_state == "veryHidden"
    head = json.loads(str(page["A1"].value))
    assert set(head) == {"version", "layout", "languages", "on", "digest", "revision", "columns"}
    rows = [[str(cell.value) for cell in row] for row in page.iter_rows(min_row=2)]
    for sheet, packed in rows:
        assert sheet in head["columns"]
        for said in packed.split(" "):
            assert re.fullmatch(r"[a-z0-9-]+([./][a-z0-9-]+)*:([A-Z2-7]{8})*", said), said
    if book.layout != "cnil":
        for grid in book.grids:
            if grid.sheet.kind == "table":
                kept = [said for sheet, packed in rows for said in packed.split(" ") if sheet == f"{grid.sheet.key}.{grid.language}"]  # fmt: skip
                assert len(kept) == sum(1 for one in grid.ids.values() if "#" not in one)


def test_30_the_file_says_what_it_was_made_from(book: Made) -> None:
    said = {one.name: one.value for one in book.book.custom_doc_props.props}  # type: ignore[attr-defined]
    assert re.fullmatch("[0-9a-f]{64}", said["ropa digest"])
    assert said["ropa law"] == checked(book.register).law.version
    assert "ropa revision" in said


# --- while it is made


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_shown_on_a_terminal_and_nowhere_else(terminal: bool, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    command = [sys.executable, "-m", "ropa", "export", "registers/sensus", "-o", str(file), "--on", "2026-11-22"]
    ours, theirs = os.openpty() if terminal else os.pipe()
    env = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=env) as run:
        os.close(theirs)
        told = _all_of(ours)
        out = run.stdout.read().decode() if run.stdout else ""
    os.close(ours)
    assert run.returncode == 0
    assert re.fullmatch(r"Wrote .*x\.xlsx: [0-9]+ activities, [0-9]+ findings\.\n", out)
    if not terminal:
        assert told == b""
        return
    steps = [(int(done), int(of)) for done, of in re.findall(rb"([0-9]+)/([0-9]+)", told)]
    assert steps == [(done, steps[0][1]) for done in range(1, steps[0][1])]
    assert told.endswith(b"\r"), "the bar is wiped out in the end"


def _all_of(file: int) -> bytes:
    """Read a file until its other end is closed, which a pseudo-terminal tells by an error."""
    found = b""
    while True:
        try:
            more = os.read(file, 4096)
        except OSError:
            return found
        if not more:
            return found
        found += more


MOST_FOR_EACH = 130_000
"""Bytes that an export may need for each activity of some 5 KB: its cells as text, then as XML, then packed."""


def test_the_memory_that_an_export_needs_grows_with_the_register(tmp_path: Path) -> None:
    peaks = {}
    for number in (200, 800):
        report = checked(f"generated-{number}")
        tracemalloc.start()
        ropa.export(report, tmp_path / f"{number}.xlsx", language="en")
        peaks[number] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peaks[800] / peaks[200] < 4.5
    assert peaks[800] / 800 < MOST_FOR_EACH
