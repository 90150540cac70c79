"""From workbook to file: safe text, and the same bytes for the same register."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from ropa.workbook.book import Book
    from ropa.workbook.sheets import Table

__all__ = ["packed", "safe", "sayable"]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DIMENSION = re.compile(r'(<dimension ref="A1:)([A-Z]+)[0-9]+(")')
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STAMP = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def sayable(text: str) -> str:
    """Return a text as a cell can say it: no characters that XML lacks, line ends as spreadsheets have them."""
    if _CONTROLS.search(text) is None:
        return text  # as most are
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe(text: str) -> str:
    """Return a text as a cell's XML holds it: sayable, without accidental escapes."""
    return _ESCAPE.sub("_x005F_", sayable(text)) if "_x" in text else sayable(text)


def packed(book: Book, on: date) -> bytes:
    """Return a workbook as bytes that depend on nothing but what it says."""
    made = io.BytesIO()
    book.workbook.save(made)
    parts = {f"xl/worksheets/sheet{at}.xml": name for at, name in enumerate(book.workbook.sheetnames, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        texts = {name: _part(name, old.read(name).decode(), on) for name in old.namelist()}
        for at, (name, title) in enumerate(parts.items(), 1):
            if title in book.tables:
                texts[name] = _with_table(texts[name], book.tables[title])
            if title in book.drawings:
                _draw(texts, name, at, book.drawings[title])
        for name in sorted(texts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, texts.pop(name))
    return out.getvalue()


def _part(name: str, text: str, on: date) -> str:
    """Return a part of the file in its canonical form, stamped with the day asked about."""
    if name == "docProps/core.xml":
        text = _STAMP.sub(rf"\g<1>{on.isoformat()}T00:00:00Z\g<3>", text)
    if name.startswith("xl/worksheets/sheet"):
        text = text.replace(' customHeight="1"', "")  # so that a row grows with what is typed
    return ET.canonicalize(text)


def _with_table(part: str, table: Table) -> str:
    """Put records below the rows of a sheet, their links beside its own, and say how far the sheet reaches now."""
    if not table.rows:
        return part
    rows = "".join(table.rows)
    last = rows.rpartition('<c r="')[2].partition('"')[0]
    part = _DIMENSION.sub(lambda found: f"{found[1]}{found[2]}{last.lstrip(_LETTERS)}{found[3]}", part, count=1)
    part = part.replace("</sheetData>", f"{rows}</sheetData>", 1)
    return part.replace("</hyperlinks>", f"{table.links_xml}</hyperlinks>", 1) if table.links else part


def _draw(texts: dict[str, str], sheet: str, number: int, drawing: str) -> None:
    """Put a drawing on a sheet: the part itself, the relation to it, and the type of the part."""
    name = f"xl/drawings/drawing9{number}.xml"
    texts[name] = ET.canonicalize(drawing)
    texts["[Content_Types].xml"] = texts["[Content_Types].xml"].replace("</Types>", f'<Override ContentType="application/vnd.openxmlformats-officedocument.drawing+xml" PartName="/{name}"></Override></Types>')  # fmt: skip
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    relation = f'<Relationship Id="drawn" Target="/{name}" Type="{kind}/drawing"></Relationship></Relationships>'
    none = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    texts[related] = texts.get(related, none).replace("</Relationships>", relation)
    texts[sheet] = texts[sheet].replace("</worksheet>", f'<drawing xmlns:r="{kind}" r:id="drawn"></drawing></worksheet>')  # fmt: skip
