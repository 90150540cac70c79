"""A workbook that came back: its text to the last blank, or one clear error, in bounded memory and time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ropa.errors import RopaError, WorkbookError
from ropa.workbook import suspicion
from ropa.workbook.unpacking import Table, unpacked

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODF = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for one, name in {"draw": "drawing"}.items() | {(x, x) for x in ("office", "style", "table", "text", "script")}
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

Parts = Mapping[str, str | bytes]


def relations(*each: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{rest}/>' for key, kind, rest in each)
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def xlsx(
    rows: str = "", *, after: str = "", shared: str = "", more: Parts | None = None, names: str = "Register"
) -> dict[str, str | bytes]:
    """Return the parts of a workbook; each sheet (by default one) has the same rows."""
    sheets = list(enumerate(names.split("|"), 1))
    kinds = [(f"rId{at}", "worksheet", f'worksheets/sheet{at}.xml"') for at, _ in sheets]
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in sheets)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("a", "officeDocument", 'xl/workbook.xml"')),
        "xl/workbook.xml": f"<workbook {MAIN}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*kinds, ("s", "sharedStrings", 'sharedStrings.xml"')),
        "xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>",
    }
    sheet = f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>'
    return parts | {f"xl/worksheets/sheet{at}.xml": sheet for at, _ in sheets} | dict(more or {})


def ods(rows: str = "", *, before: str = "", more: Parts | None = None) -> dict[str, str | bytes]:
    """Return the parts of an .ods with one sheet."""
    table = f'<table:table table:name="Register">{rows}</table:table>'
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<office:document-content {ODF} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet>{before}{table}</office:spreadsheet></office:body></office:document-content>",
        **dict(more or {}),
    }


def packed(parts: Parts | list[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts if isinstance(parts, list) else parts.items():
            package.writestr(name, content)
    return out.getvalue()


def read(content: bytes | Parts) -> tuple[Table, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "back.xlsx"
        path.write_bytes(content if isinstance(content, bytes) else packed(content))
        return unpacked(path)


def refused(content: bytes | Parts) -> str:
    """Return what is said of a workbook that is not read, with the cell if one is named."""
    with pytest.raises(WorkbookError) as caught:
        read(content)
    assert caught.value.path.endswith("back.xlsx")
    assert str(caught.value).endswith(caught.value.why)
    assert ";" in caught.value.why  # what it is; what to do
    return f"{caught.value.where}: {caught.value.why}" if caught.value.where else caught.value.why


def cell(at: str, text: str) -> str:
    return (
        f'<row r="{at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    )


def said(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def words(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


# --- what is read ---------------------------------------------------------------------------------

TEXTS = (
    " leading", "trailing  ", "two  blanks", "a\tb", "\ttab", "a\nb", "\n", " ", "a\n\nb\n", "emoji 😀", "é e\u0301", "\xa0",
    "=1+1", "+1", "-1", "@x", "'quoted", "#N/A", "TRUE", "007", "1/2", 'a & b <c> "d" ]]>', "_x0041_", "_", "\u202e",
)  # fmt: skip


def escaped(text: str) -> str:
    """Write a text as .xlsx does: what looks like an escape is escaped itself."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def book_of(texts: Iterable[str]) -> bytes:
    """Write texts with openpyxl, one below the other."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, text in enumerate(texts, 1):
        written = sheet.cell(row, 1)
        written.value = escaped(text)
        written.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_text_is_verbatim() -> None:
    assert [row[0] for row in read(book_of(TEXTS))[0].rows] == list(TEXTS)


def test_escapes_are_decoded_as_the_file_format_says() -> None:
    rows = cell("A1", "a_x000D_&#10;b_x0041_ _x005F_x0041_ &lt;&#x1F600;")
    assert read(xlsx(rows))[0].rows == (("a\r\nbA _x0041_ <😀",),)


def test_rich_text_is_joined_and_what_is_said_of_its_sound_is_left_out() -> None:
    shared = "<si><r><t>a</t></r><r><rPr><b/></rPr><t> b </t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v></v></c><c r="C1"><v>1</v></c></row>'
    assert read(xlsx(rows, shared=shared))[0].rows == (("a b ", "", "1"),)


def test_values_are_said_as_in_a_register() -> None:
    values: list[tuple[float | date | clock | timedelta, str]] = [
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (-0.25, "-0.25"),
        (123456789012, "123456789012"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 7, 1), "2026-07-01"),
        (datetime(2026, 7, 1, 10, 30), "2026-07-01 10:30"),  # noqa: DTZ001 - cells know no time zone
        (datetime(2026, 7, 1, 10, 30, 5), "2026-07-01 10:30:05"),  # noqa: DTZ001 - the same
        (clock(10, 30), "10:30"),
        (timedelta(hours=34, minutes=30), "34:30"),
    ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (value, _) in enumerate(values, 1):
        sheet.cell(row, 1, value)
    out = io.BytesIO()
    book.save(out)
    assert [row[0] for row in read(out.getvalue())[0].rows] == [text for _, text in values]


def test_what_is_empty_at_the_end_is_cut_off_and_what_is_empty_before_is_kept() -> None:
    rows = '<row r="1"><c r="A1" s="0"/></row>' + cell("C3", "x") + '<row r="4"><c r="Z4"/></row><row r="5"/>'
    assert read(xlsx(rows)) == (Table("Register", ((), (), ("", "", "x"))),)
    assert read(xlsx()) == (Table("Register", ()),)


def test_cells_need_not_say_where_they_are() -> None:
    rows = '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row/><row><c/><c><v>4</v></c></row>'
    assert read(xlsx(rows))[0].rows == (("1", "", "", "2", "3"), (), ("", "4"))


def test_sheets_come_in_their_order_hidden_ones_too_with_what_is_merged() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "A & B"
    first["A7"] = "one"
    first.merge_cells("A7:A9")
    first.merge_cells("A3:B3")
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "veryHidden"
    hidden["B2"] = "x"
    book.create_chartsheet("Chart")
    book.create_sheet("Empty")
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()) == (
        Table("A & B", ((),) * 6 + (("one",),), ("A3:B3", "A7:A9")),
        Table("Hidden", ((), ("", "x")), hidden=True),
        Table("Chart", ()),
        Table("Empty", ()),
    )


def test_links_to_pages_notes_checks_and_rules_of_format_are_no_formulas() -> None:
    after = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule>'
        "</conditionalFormatting><dataValidations><dataValidation><formula1>Lists!A1</formula1></dataValidation>"
        '</dataValidations><extLst><ext xmlns:xm="x"><xm:f>Lists!A1</xm:f></ext></extLst>'
    )
    link = relations(("a", "hyperlink", 'https://example.org/" TargetMode="External"'))
    parts = xlsx(cell("A1", "x"), after=after, more={"xl/worksheets/_rels/sheet1.xml.rels": link})
    assert read(parts)[0].rows == (("x",),)


def test_a_prefix_before_each_name_changes_nothing() -> None:
    sheet = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>{}</x:row></x:sheetData></x:worksheet>'
    assert read(xlsx(more={"xl/worksheets/sheet1.xml": sheet.format("")}))[0].rows == (("1",),)
    formula = sheet.format('<x:c r="B1"><x:f>A1</x:f><x:v>1</x:v></x:c>')
    assert refused(xlsx(more={"xl/worksheets/sheet1.xml": formula})).startswith(
        "Register!B1: the workbook holds 1 formula;"
    )


def test_an_ods_says_the_same() -> None:
    texts = {
        '<text:s/>two<text:s text:c="2"/>x ': " two  x ",
        "a<text:tab/>b<text:line-break/>c": "a\tb\nc",
        'a<text:span>b<text:a xlink:href="https://example.org/">c</text:a></text:span> d': "abc d",
        "a</text:p><text:p/><text:p>b": "a\n\nb",
        "_x0041_ &lt;=1+1": "_x0041_ <=1+1",
        "x</text:p><office:annotation><text:p>a note</text:p></office:annotation><text:p>y": "x\ny",
        "x<draw:frame><draw:text-box><text:p>a shape</text:p></draw:text-box></draw:frame>y": "xy",
    }
    values = {
        'float" office:value="7"': "7",
        'percentage" office:value="0.5"': "0.5",
        'currency" office:value="7.50"': "7.5",
        'boolean" office:boolean-value="true"': "TRUE",
        'date" office:date-value="2026-07-01"': "2026-07-01",
        'date" office:date-value="2026-07-01T00:00:00"': "2026-07-01",
        'date" office:date-value="2026-07-01T10:30:00"': "2026-07-01 10:30",
        'date" office:date-value="-0044-03-15T00:00:00"': "-0044-03-15T00:00:00",
        'time" office:time-value="PT10H30M00S"': "10:30",
        'time" office:time-value="-PT34H30M05S"': "-34:30:05",
        'string" office:string-value="told"': "told",
    }
    rows = [said(words(text)) for text in texts]
    rows += [
        said(f'<table:table-cell office:value-type="{value}><text:p>shown</text:p></table:table-cell>')
        for value in values
    ]
    assert [row[0] for row in read(ods("".join(rows)))[0].rows] == [*texts.values(), *values.values()]


def test_an_ods_repeats_and_merges() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-header-rows><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        + words("x", ' table:number-columns-repeated="2"')
        + "</table:table-row></table:table-header-rows>"
        + said(
            words("m", ' table:number-columns-spanned="2" table:number-rows-spanned="3"'), "<table:covered-table-cell/>"
        )
    )
    assert read(ods(rows)) == (Table("Register", ((), (), ("", "x", "x"), ("", "x", "x"), ("m",)), ("A5:B7",)),)


def test_an_ods_hides_sheets_by_their_style() -> None:
    parts = ods(said(words("x")))
    style = '<office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>'
    content = (
        str(parts["content.xml"])
        .replace("<office:body>", style)
        .replace('"Register"', '"Register" table:style-name="h"')
    )
    assert read({**parts, "content.xml": content})[0].hidden
    assert not read(parts)[0].hidden


# --- what is no workbook --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty; name the .xlsx"),
        (b" \n", "it is empty;"),
        (b"name;purpose\n", "it is not a workbook;"),
        (b"%PDF-1.7\n", "it is a PDF document, not a workbook;"),
        (b"<!DOCTYPE html><html><table>", "it is a web page, not a workbook;"),
        (b"PK\x05\x06" + bytes(18), "it is not a workbook;"),
        (packed({"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"}), "it is another kind of file,"),
        (packed({"readme.txt": "hello"}), "it is another kind of file, not a workbook;"),
        (packed(xlsx())[:-40], "it is damaged; save it again in Excel or LibreOffice"),
        (OLE, "it is an old .xls workbook, or no workbook; save it as .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected with a password; take the password off"),
        (packed(xlsx(more={"xl/workbook.bin": b"x"})), "it is a binary workbook (.xlsb); save it as .xlsx"),
        (packed(ods(more={"META-INF/manifest.xml": "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>"})), "it is protected with a password;"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "encrypted-package": b"x"}), "it is protected with a password;"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named(content: bytes, why: str) -> None:
    assert refused(content).startswith(why)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    def why(path: str | Path) -> str:
        with pytest.raises(WorkbookError) as caught:
            unpacked(path)
        assert isinstance(caught.value, RopaError)
        return str(caught.value)

    assert (
        why(tmp_path / "x.xlsx")
        == f"{tmp_path / 'x.xlsx'}: there is no such file; name the .xlsx or .ods file that came back"
    )
    assert "it is a folder; name" in why(tmp_path) or sys.platform == "win32"
    assert "it cannot be opened (" in why("a\0b")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "it is not a file; name" in why(tmp_path / "pipe")
    if hasattr(os, "geteuid") and os.geteuid():
        (tmp_path / "locked").touch(0)
        assert "it cannot be opened (Permission denied); close it" in why(tmp_path / "locked")


def test_wherever_a_file_is_cut_off_it_is_refused() -> None:
    content = packed(xlsx(cell("A1", "x")))
    for end in range(0, len(content), 13):
        assert ";" in refused(content[:end])


# --- what must not be in one ----------------------------------------------------------------------


def outside(
    kind: str, target: str = "x", folder: str = "xl/worksheets/_rels/sheet1.xml.rels"
) -> dict[str, str | bytes]:
    return xlsx(more={folder: relations(("a", kind, f'{target}" TargetMode="External"'))})


MACROS = [
    xlsx(more={"xl/vbaProject.bin": b"x"}),
    xlsx(more={"xl/other/VBAPROJECT.BIN": b"x"}),
    xlsx(more={"xl/macrosheets/sheet1.xml": "<x/>"}),
    xlsx(more={"[Content_Types].xml": '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>spreadsheetml</Types>'}),
    xlsx(more={"xl/_rels/workbook.xml.rels": relations(("m", "vbaProject", 'innocent.bin"'))}),
    ods(more={"Basic/Standard/Module1.xml": "<x/>"}),
    ods(more={"Scripts/python/x.py": "x"}),
    ods('<office:forms><script:event-listener xlink:href="vnd.sun.star.script:x"/></office:forms>'),
]  # fmt: skip
LINKS = [
    xlsx(more={"xl/externalLinks/externalLink1.xml": "<x/>"}),
    xlsx(more={"xl/connections.xml": "<x/>"}),
    xlsx(more={"xl/queryTables/queryTable1.xml": "<x/>"}),
    xlsx(more={"xl/_rels/workbook.xml.rels": relations(("m", "externalLink", 'innocent.xml"'))}),
    outside("image", "https://example.org/pixel.png"),
    outside("oleObject", "file:///c:/x.docx"),
    ods(before="<table:dde-links><table:dde-link/></table:dde-links>"),
    ods('<table:table-source xlink:href="x.ods"/>'),
    ods(said('<table:table-cell><table:cell-range-source xlink:href="x.ods"/></table:table-cell>')),
    ods(said('<table:table-cell><draw:frame><draw:image xlink:href="https://example.org/p.png"/></draw:frame></table:table-cell>')),
    ods(said('<table:table-cell><draw:frame><draw:object xlink:href="../x.ods"/></draw:frame></table:table-cell>')),
]  # fmt: skip


@pytest.mark.parametrize("parts", MACROS)
def test_macros_are_refused(parts: Parts) -> None:
    assert re.fullmatch(r"it holds macros \(.+\); save it as .xlsx, without macros", refused(parts))


@pytest.mark.parametrize("parts", LINKS)
def test_data_from_elsewhere_is_refused(parts: Parts) -> None:
    assert re.fullmatch(r"it takes data from elsewhere \(.+\); break these links, .+", refused(parts))


def test_formulas_are_counted_and_the_first_is_named() -> None:
    formulas = '<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="str"><f t="shared" si="0"/><v>x</v></c></row><row r="7"><c r="A7"><v>2</v><f>1</f></c></row>'
    assert refused(xlsx(formulas, names="My register|Other")) == (
        "'My register'!C2: the workbook holds 4 formulas, of which this is the first; "
        "put values in their place (copy, then paste as values)"
    )
    assert refused(xlsx(formulas.partition('<row r="7"')[0])).startswith(
        "Register!C2: the workbook holds 1 formula; put"
    )
    rows = said(words("x"), words("1", ' table:formula="of:=[.A1]" table:number-columns-repeated="3"'))
    assert refused(ods(rows)).startswith("Register!B1: the workbook holds 3 formulas, of which this is the first;")


def test_an_error_is_named_with_its_cell() -> None:
    why = "Register!B3: this cell holds an error, such as #N/A; clear it, or write what it should say"
    assert refused(xlsx('<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>')) == why
    empty = "<table:table-row/>"
    assert (
        refused(ods(empty + empty + said("<table:table-cell/>", words("#N/A", ' calcext:value-type="error"')))) == why
    )


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "parts",
    [
        xlsx(more={"xl/worksheets/sheet1.xml": f"{DOCTYPE}<worksheet/>"}),
        xlsx(more={"xl/sharedStrings.xml": "<!DOCTYPE sst><sst/>"}),
        xlsx(more={"docProps/core.xml": f"{DOCTYPE}<x/>"}),
        xlsx(more={"customXml/item1.xml": f"{DOCTYPE}<x/>".encode("utf-16")}),
        xlsx(more={"customXml/item1.xml": "x" * (256 * 1024 - 5) + "<!DOCTYPE x>"}),
        ods(more={"content.xml": f"{DOCTYPE}<x/>"}),
    ],
)
def test_entities_are_refused(parts: Parts) -> None:
    assert re.fullmatch(r"a part of it \(\S+\) declares a document type or entities; save it again .+", refused(parts))


SHEET = f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.encode("utf-16"),
        SHEET.encode("utf-16-le"),
        f'<?xml version="1.0" encoding="UTF-7"?>{SHEET}'.encode(),
        f'<?xml version="1.0" encoding="unheard-of"?>{SHEET}'.encode(),
        SHEET.replace("<f>1</f>", "<is><t><![CDATA[x]]></t></is>").encode(),
        SHEET.replace("<f>1</f>", "<v>1</v></c><c r='A1'><v>2</v>").encode(),
        SHEET.replace('r="A1"', 'r="B2"').encode(),
        SHEET.replace('r="A1"', 'r="a1"').encode(),
        SHEET.replace('r="A1"', 'r="XFE1"').encode(),
        SHEET.replace('r="1"', 'r="1048577"').replace("A1", "A1048577").encode(),
        SHEET.replace('r="1"', 'r="0"').encode(),
        SHEET.replace("<f>1</f>", "<v>1</v></c></row><row r='1'><c r='A1'><v>2</v>").encode(),
        SHEET.replace('<c r="A1"><f>1</f></c>', "<v>1</v>").encode(),
        SHEET.replace('<row r="1">', "").replace("</row>", "").encode(),
        SHEET.replace('<c r="A1"><f>1</f>', '<c r="A1" t="s"><v>0</v>').encode(),
        SHEET.replace('<c r="A1"><f>1</f>', '<c r="A1" t="s"><v>-1</v>').encode(),
        SHEET.replace("</worksheet>", '<mergeCell ref="A1:"/></worksheet>').encode(),
    ],
)
def test_what_another_program_could_read_otherwise_is_refused(sheet: bytes) -> None:
    why = refused(xlsx(more={"xl/worksheets/sheet1.xml": sheet}))
    assert (
        why
        == "a part of it (xl/worksheets/sheet1.xml) is not as spreadsheet programs write it; save it again in Excel or LibreOffice"
    )


@pytest.mark.parametrize(
    "parts",
    [
        xlsx(more={"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"}),
        xlsx(more={"xl/worksheets/sheet1.xml": SHEET.replace("<f>1</f>", "<v>&unknown;</v>")}),
        xlsx(more={"xl/worksheets/sheet1.xml": SHEET.encode().replace(b"<f>1</f>", b"<v>\xff</v>")}),
        xlsx(more={"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", 'missing.xml"'))}),
        xlsx(more={"xl/workbook.xml": "<workbook/>"}),
        xlsx('<row r="1"><c r="A1" t="unheard-of"><v>1</v></c></row>'),
        xlsx(more={"_rels/.rels": relations()}),
        ods(said('<table:table-cell office:value-type="float" office:value="seven"/>')),
        ods(said(words("x", ' table:number-columns-repeated="0"'))),
        ods(more={"content.xml": "<x/>"}),
    ],
)
def test_what_is_damaged_is_refused(parts: Parts) -> None:
    assert refused(parts) == "it is damaged; save it again in Excel or LibreOffice, and send that file"


@pytest.mark.parametrize(
    "rows", [words("x"), said("<table:table/>"), said(said()), said(words("x</text:p><text:p><text:p>y</text:p>"))]
)
def test_an_ods_out_of_order_is_refused(rows: str) -> None:
    assert refused(ods(rows)).startswith("a part of it (content.xml) is not as spreadsheet programs write it;")


def test_one_part_is_one_sheet() -> None:
    twice = relations(("rId1", "worksheet", 'worksheets/sheet1.xml"'), ("rId2", "worksheet", 'worksheets/sheet1.xml"'))
    parts = xlsx(names="One|Two", more={"xl/_rels/workbook.xml.rels": twice})
    assert refused(parts).startswith("a part of it (xl/workbook.xml) is not as spreadsheet programs write it;")


# --- the archive ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../x", "/x", "xl/../x", "xl\\x", "C:/x", "XL/WORKBOOK.XML", "xl//x"])
def test_parts_elsewhere_or_twice_are_refused(name: str) -> None:
    assert refused(packed([*xlsx().items(), (name, "x")])) == (
        f"a part of it ({name}) is not as spreadsheet programs write it; save it again in Excel or LibreOffice"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_part_twice_is_refused() -> None:
    assert refused(packed([*xlsx().items(), *xlsx().items()])).startswith("a part of it ([Content_Types].xml) is not")


def test_a_wrong_checksum_is_noticed() -> None:
    parts = xlsx(cell("A1", "good text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:  # stored, so that the text can be changed behind its checksum
        for name, content in parts.items():
            package.writestr(name, content)
    assert read(out.getvalue())[0].rows == (("good text",),)
    assert refused(out.getvalue().replace(b"good text", b"evil text")).startswith("it is damaged;")


def test_sizes_in_headers_are_not_trusted() -> None:
    content = packed(xlsx(more={"docProps/bomb.xml": b"<x>" + b" " * 2_000_000}))
    real = (2_000_003).to_bytes(4, "little")
    assert content.count(real) == 2
    assert refused(content.replace(real, (1000).to_bytes(4, "little"))).startswith("it is damaged;")


def test_a_bomb_is_refused_by_its_ratio() -> None:
    start = time.monotonic()
    why = refused(xlsx(more={"xl/media/image1.png": bytes(100 * 1024**2)}))
    assert (
        why
        == "a part of it (xl/media/image1.png) unpacks to more than 200 times its size; save it again in Excel or LibreOffice"
    )
    assert time.monotonic() - start < 5


def test_limits_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = os.urandom(5000)
    for limit, value, says in (
        ("MAX_FILE", 3000, "it is larger than 0 MB; take out"),
        ("MAX_PART", 4000, "it unpacks to more than 512 MB, or a part of it (xl/media/a) to more than 0 MB;"),
        ("MAX_UNPACKED", 9000, "it unpacks to more than 0 MB,"),
        ("MAX_PARTS", 7, "it consists of more than 7 parts; save it again"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(suspicion, limit, value)
            assert refused(xlsx(more={"xl/media/a": noise, "xl/media/b": noise})).startswith(says)


def test_parts_are_packed_as_those_of_workbooks_are() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as package:
        for name, content in xlsx().items():
            package.writestr(name, content)
    assert refused(out.getvalue()).startswith(
        "a part of it ([Content_Types].xml) is not as spreadsheet programs write it;"
    )
    locked = bytearray(packed(xlsx()))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked)).startswith("it is protected with a password;")
    assert refused(packed(xlsx()) + b"PK\x01\x02" * 20_001).startswith("it consists of more than 2,000 parts;")


def test_limits_of_the_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    too_much = f"a part of it ({sheet}) holds more than that of a register can; save it again in Excel or LibreOffice"
    tag = f'<worksheet><sheetData x="{os.urandom(3 * 1024**2).hex()}"/></worksheet>'
    assert refused(xlsx(more={sheet: tag})) == too_much
    monkeypatch.setattr(suspicion, "MAX_ELEMENTS", 50)
    assert refused(xlsx("<row><c><v>1</v></c></row>" * 50)) == too_much


# --- how much is in the cells ---------------------------------------------------------------------


def test_limits_of_the_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicion, "MAX_ROWS", 20)
    monkeypatch.setattr(suspicion, "MAX_CELLS", 30)
    monkeypatch.setattr(suspicion, "MAX_TEXT", 100)
    one = "".join(cell(f"A{row}", "x") for row in range(1, 11))
    assert len(read(xlsx(one, names="One|Two"))) == 2
    says = "more than 20 rows or 30 cells hold something; take out what is not the register's"
    assert refused(xlsx(one, names="One|Two|Three")) == f"Three!A1: with this cell, {says}"
    wide = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 4}</row>' for row in range(1, 11))
    assert refused(xlsx(wide)) == f"Register!D8: with this cell, {says}"
    assert refused(
        ods('<table:table-row table:number-rows-repeated="21">' + words("x") + "</table:table-row>")
    ).endswith(says)
    shared = '<row r="1">' + '<c t="s"><v>0</v></c>' * 11 + "</row>"
    assert refused(xlsx(shared, shared="<si><t>0123456789</t></si>")).startswith(
        "Register!K1: with this cell, more than 100 characters"
    )
    assert refused(ods(said(words("0123456789", ' table:number-columns-repeated="11"')))).startswith(
        "Register!A1: with this cell, more than 100 characters"
    )
    assert refused(ods(said(words('<text:s text:c="101"/>')))).startswith(
        "Register!A1: with this cell, more than 100 characters"
    )


def test_500_columns_are_enough() -> None:
    row = '<row r="1">' + '<c r="C1"/>' + "<c><v>1</v></c>" * 500 + "</row>"
    assert len(read(xlsx(row))[0].rows[0]) == 503
    assert refused(xlsx(row.replace("</row>", "<c><v>1</v></c></row>"))).startswith(
        "Register!SJ1: with this cell, more than 500 columns hold something;"
    )
    assert refused(ods(said(words("x", ' table:number-columns-repeated="501"')))).startswith(
        "Register!A1: with this cell, more than 500 columns"
    )


BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 * 1024**2,) * 2)
from ropa.errors import WorkbookError
from ropa.workbook.unpacking import unpacked
try:
    for table in unpacked(sys.argv[1]):
        print(table.name, len(table.rows), max(map(len, table.rows), default=0))
except WorkbookError as error:
    print(f"{error.where}: {error.why}")
"""


def within_bounds(path: Path, parts: Parts) -> str:
    """Read a workbook in a process that has no more than 500 MB, in less than ten seconds."""
    path.write_bytes(packed(parts))
    script = (
        BOUNDED
        if sys.platform == "linux"
        else BOUNDED.replace("resource.set", "# ").replace("import resource, ", "import ")
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, timeout=10, check=False)
    assert not done.stderr
    return done.stdout.strip()


def far(at: str) -> Parts:
    return xlsx(cell("A1", "x") + cell(at, "far"))


def rows_of(row: str, count: int = 1_000_000) -> str:
    return "".join(row.replace("N", str(number)) for number in range(2, count))


STYLED = '<row r="N" s="1"><c r="AN" s="1"/><c r="BN" s="1" /><c r="CN" s="1"></c></row>'
REPEATED = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
EMPTY_ODS = '<table:table-row table:style-name="N"><table:table-cell/></table:table-row>'
SHARED = '<row r="N"><c r="AN" t="s"><v>0</v></c></row>'
AWAY = '<table:table-cell table:number-columns-repeated="16383"/>'
LONG = f"<si><t>{'0123456789abcdef' * 2000}</t></si>"
STRAY = "this cell is far from the others; clear it, or move it to them"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: xlsx(cell("A1", "x") + rows_of(STYLED)), "Register 1 1"),
        (lambda: xlsx(rows_of('<row r="N"/>')), "Register 0 0"),
        (lambda: xlsx(cell("A1", "x"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "Register 1 1"),
        (lambda: xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "Register 1 16384"),
        (lambda: xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>' + "<row><c><v>1</v></c></row>" * 1000), f"Register!XFD1: {STRAY}"),
        (lambda: far("A1048576"), "Register 1048576 1"),
        (lambda: far("XFD1048576"), f"Register!XFD1048576: {STRAY}"),
        (lambda: ods(said(words("x")) + REPEATED), "Register 1 1"),
        (lambda: ods(said(words("x")) + rows_of(EMPTY_ODS, 200_000)), "Register 1 1"),
        (lambda: ods(REPEATED + said(words("x"))), "Register 1048571 1"),
        (lambda: ods(said(words("x")) + REPEATED + said(AWAY, words("far"))), f"Register!XFD1048572: {STRAY}"),
        (lambda: xlsx(rows_of(SHARED, 200_000), shared=LONG), "Register!A2099: with this cell, more than 67,108,864 characters hold something; take out what is not the register's"),
    ],
)  # fmt: skip
def test_millions_cost_little(tmp_path: Path, made: Callable[[], Parts], says: str) -> None:
    assert within_bounds(tmp_path / "back.xlsx", made()) == says


# --- promises -------------------------------------------------------------------------------------

UNWRITABLE = "".join(map(chr, (*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF)))
anything = st.text(st.characters(codec="utf-8", exclude_characters=UNWRITABLE), min_size=1)


@pytest.mark.property
@given(st.lists(anything, min_size=1, max_size=10))
def test_any_text_comes_back_verbatim(texts: list[str]) -> None:
    """What openpyxl can write, to the last character."""
    assert [row[0] for row in read(book_of(texts))[0].rows] == texts


@pytest.mark.property
@given(st.lists(anything, min_size=1, max_size=10))
def test_any_text_comes_back_verbatim_from_an_ods(texts: list[str]) -> None:
    """As LibreOffice writes it: blanks, tabs and line ends as elements."""
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", " ": "<text:s/>", "\t": "<text:tab/>", "\n": "</text:p><text:p>"}
    rows = [said(words("".join(marks.get(one, one) for one in text))) for text in texts]
    assert [row[0] for row in read(ods("".join(rows)))[0].rows] == texts


BASES = {
    "xlsx": packed(xlsx(cell("A1", "x") + '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>7.5</v></c></row>', shared="<si><t>y</t></si>")),
    "ods": packed(ods(said(words("x"), words("y", ' table:number-columns-repeated="2"')))),
}  # fmt: skip


@pytest.mark.property
@given(st.data())
def test_any_bytes_give_a_table_or_one_error(data: st.DataObject) -> None:
    """A file with bytes changed, in the archive or in a part of it, never raises anything else."""
    content = BASES[data.draw(st.sampled_from(sorted(BASES)))]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = changed(data, parts[name])
    content = packed(parts) if data.draw(st.booleans()) else changed(data, content)
    with suppress(WorkbookError):
        assert read(content)


def changed(data: st.DataObject, content: bytes) -> bytes:
    at = data.draw(st.integers(0, len(content)))
    bits = st.sampled_from(
        [b"<", b"/>", b'"', b"&", b"-1", b"9999999", b"<c/>", b"<row>", b"</row>", b"\0", b"XFD1048576"]
    )
    return content[:at] + data.draw(bits | st.binary(max_size=3)) + content[at + data.draw(st.integers(0, 8)) :]
