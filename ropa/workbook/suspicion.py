"""What a workbook that came back must not hold: looked for in all of its parts before a cell is believed.

The file comes from outside. Nothing in it is run or fetched, no size that it states is trusted, and
what is looked for costs bounded memory and time.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from xml.parsers import expat

from openpyxl.utils import get_column_letter

from ropa.errors import WorkbookError
from ropa.source import visible

__all__ = [
    "BROKEN",
    "DAMAGED",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_OUTLINE",
    "MAX_PART",
    "Package",
    "Tally",
    "Watcher",
    "opened",
]

MIB = 1024**2
MAX_FILE, MAX_PART, MAX_UNPACKED = 64 * MIB, 256 * MIB, 512 * MIB
"""Bytes of the file, of one part and of all parts, the latter two unpacked."""
MAX_PARTS = 2_000
MAX_RATIO, FREE = 200, MIB
"""How many times its packed size a part may unpack to, once it unpacks to more than `FREE` bytes."""
MAX_OUTLINE = 16 * MIB
"""Bytes of a part that only says how others belong together, or how they look."""
MAX_ELEMENTS, MAX_TAG = 16_000_000, 4 * MIB
"""Elements of all sheets, and bytes of one tag: expat may look at an unfinished one again with each chunk."""
MAX_ROWS, MAX_CELLS, MAX_COLUMNS = 300_000, 5_000_000, 500
"""Rows and cells of all sheets, columns of one sheet, that hold something."""
MAX_AREA = 8_000_000
"""Cells from A1 to the last row and column, empty ones too: tables, and calamine's as well, have a place for each."""
MAX_TEXT = 64 * MIB
"""Characters of all cells: a text that stands once in the file can be that of a million cells."""

BROKEN = (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What reading a package raises that was cut off or tampered with."""

AGAIN = "save it again in Excel or LibreOffice"
DAMAGED = f"it is damaged; {AGAIN}, and send that file"
_NO_WORKBOOK = "; name the .xlsx or .ods file that came back"
_LOCKED = "it is protected with a password; take the password off, and save it again"

_CHUNK = 256 * 1024
_DECLARED = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be"))  # fmt: skip
_XML = (".xml", ".rels", ".vml", ".rdf")
_MACRO_PART = re.compile(r"(?:.*/)?vba(?:project\.bin|data\.xml)|xl/(?:macro|dialog)sheets/.+|(?:basic|scripts)/.+")
_LINK_PART = re.compile(r"xl/(?:externallinks/.+|querytables/.+|connections\.xml)")
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject|(?:macro|dialog)sheet", re.IGNORECASE)
_LINK_TYPE = re.compile(r"/(?:externalLink|externalLinkPath|connections|queryTable)$")


def place(sheet: str, column: int, row: int) -> str:
    """Name a cell as formulas do: `Register!C7`; column and row count from 1."""
    name = sheet if re.fullmatch(r"\w+", sheet) else f"'{visible(sheet)}'"
    return f"{name}!{get_column_letter(column)}{row}"


class Watcher:
    """Sees the elements of a part pass by, and counts them."""

    parser: expat.XMLParserType
    seen = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - for those who look at them
        """See a start tag."""
        self.seen += 1

    def end(self, name: str) -> None:
        """See an end tag."""


class Package:
    """The parts of a workbook, by their names in lower case: that is how names are compared."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.is_ods = False
        self._unpacked = self._elements = 0
        if content.count(b"PK\x01\x02") > 10 * MAX_PARTS:  # asked before a list of a million names is made
            raise self.too_many_parts()
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        for info in self._archive.infolist():
            self._admit(info)

    def refusal(self, why: str, where: str = "") -> WorkbookError:
        """Return the error that says why this workbook is not read."""
        return WorkbookError(self.path, why, where)

    def unusual(self, name: str) -> WorkbookError:
        """Return the error for a part that no spreadsheet program writes so."""
        return self.refusal(f"a part of it ({_short(name)}) is not as spreadsheet programs write it; {AGAIN}")

    def macros(self, what: str) -> WorkbookError:
        """Return the error for what runs."""
        return self.refusal(f"it holds macros ({_short(what)}); save it as .xlsx, without macros")

    def links(self, what: str) -> WorkbookError:
        """Return the error for what is fetched from elsewhere."""
        return self.refusal(f"it takes data from elsewhere ({_short(what)}); break these links, so that the values stay, and save it again")  # fmt: skip

    def too_many_parts(self) -> WorkbookError:
        """Return the error for a file that is no workbook but a heap."""
        return self.refusal(f"it consists of more than {MAX_PARTS:,} parts; {AGAIN}")

    def _admit(self, info: zipfile.ZipInfo) -> None:
        """Note a part, if it is where, and packed as, those of workbooks are."""
        name = info.orig_filename
        steps = name.lower().removesuffix("/").split("/")
        if len(self.parts) >= MAX_PARTS:
            raise self.too_many_parts()
        if info.flag_bits & 0x1:
            raise self.refusal(_LOCKED)
        if name.lower() in self.parts or {"", ".", ".."} & set(steps) or re.search(r"[\\:\0]", name):
            raise self.unusual(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.unusual(name)
        self.parts[name.lower()] = info

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield what a part unpacks to; its checksum is compared at the end. Raises one of `BROKEN`."""
        with self._archive.open(self.parts[name.lower()]) as part:
            while chunk := part.read(_CHUNK):
                yield chunk

    def inspect(self, name: str) -> None:
        """Unpack a part to see how much it is, and whether it declares what no workbook needs."""
        info, size, seam = self.parts[name], 0, b""
        for chunk in self.chunks(name):
            size += len(chunk)
            self._unpacked += len(chunk)
            if size > MAX_PART or self._unpacked > MAX_UNPACKED:
                raise self.refusal(f"it unpacks to more than {MAX_UNPACKED // MIB} MB, or a part of it ({_short(name)}) to more than {MAX_PART // MIB} MB; {AGAIN}")  # fmt: skip
            if size > FREE and size > MAX_RATIO * info.compress_size:
                raise self.refusal(f"a part of it ({_short(name)}) unpacks to more than {MAX_RATIO} times its size; {AGAIN}")  # fmt: skip
            if name.endswith(_XML):
                seam += chunk
                if any(word in seam for word in _DECLARED):
                    raise self.refusal(f"a part of it ({_short(name)}) declares a document type or entities; {AGAIN}")
                seam = seam[-32:]

    def walk(
        self,
        name: str,
        watcher: Watcher,
        *,
        most: int = MAX_OUTLINE,
        names: str | None = None,
        tidy: Callable[[Iterator[bytes]], Iterator[bytes]] = iter,
        copy: Callable[[bytes], object] = len,
    ) -> None:
        """Show the elements of a part of at most so many bytes to a watcher, and copy what was shown.

        `names` stands between namespace and name, if the watcher wants both; `tidy` changes what is
        shown. Raises WorkbookError for what another reader could understand otherwise, and one of `BROKEN`.
        """
        if name.lower() not in self.parts:
            raise self.refusal(DAMAGED)
        parser = watcher.parser = self._parser(name, names)
        parser.StartElementHandler, parser.EndElementHandler = watcher.start, watcher.end
        before, fed = watcher.seen, 0
        for chunk in tidy(self.chunks(name)):
            if not fed and (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in chunk[:4]):
                raise self.unusual(name)  # UTF-16 or UTF-32
            parser.Parse(chunk, False)  # noqa: FBT003 - it takes no keywords
            fed += len(chunk)
            seen = self._elements + watcher.seen - before
            if fed > most or fed - parser.CurrentByteIndex > MAX_TAG or seen > MAX_ELEMENTS:
                raise self.refusal(f"a part of it ({_short(name)}) holds more than that of a register can; {AGAIN}")
            copy(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - the same
        self._elements += watcher.seen - before

    def _parser(self, name: str, names: str | None) -> expat.XMLParserType:
        def refuse(*_: object) -> None:
            raise self.unusual(name)

        def declared(_version: str, encoding: str | None, _standalone: int) -> None:
            if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
                raise self.unusual(name)

        parser = expat.ParserCreate("utf-8", names)
        parser.buffer_text = True
        parser.XmlDeclHandler = declared
        parser.StartDoctypeDeclHandler = parser.StartCdataSectionHandler = refuse
        return parser


class _Outline(Watcher):
    """Looks for what reaches outside, runs, or is locked, in the parts that say how others belong together."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        local = name.rpartition(":")[2]
        kind = attributes.get("Type" if local == "Relationship" else "ContentType", "")
        target = attributes.get("Target", attributes.get("PartName", kind))
        if local == "encryption-data":
            raise self.package.refusal(_LOCKED)
        if _MACRO_TYPE.search(kind):
            raise self.package.macros(target)
        if _LINK_TYPE.search(kind) or (attributes.get("TargetMode") == "External" and not kind.endswith("/hyperlink")):
            raise self.package.links(target)


def opened(path: str | os.PathLike[str]) -> Package:
    """Open a workbook in which nothing suspicious was found. Raises WorkbookError, and one of `BROKEN`."""
    package = Package(os.fspath(path), _content(os.fspath(path)))
    _check_kind(package)
    for name in package.parts:
        if _MACRO_PART.fullmatch(name):
            raise package.macros(name)
        if _LINK_PART.fullmatch(name):
            raise package.links(name)
    for name in package.parts:
        package.inspect(name)
    outline = _Outline(package)
    for name in package.parts:
        if name.endswith(".rels") or name in ("[content_types].xml", "meta-inf/manifest.xml"):
            package.walk(name, outline)
    return package


def _content(path: str) -> bytes:
    """Read a file that begins as workbooks do."""
    try:
        content = _bytes_of(path)
    except FileNotFoundError:
        raise WorkbookError(path, f"there is no such file{_NO_WORKBOOK}") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise WorkbookError(path, f"it cannot be opened ({reason}); close it elsewhere, or ask for the right to read it") from None  # fmt: skip
    if len(content) > MAX_FILE:
        raise WorkbookError(path, f"it is larger than {MAX_FILE // MIB} MB; take out what is not the register's")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise WorkbookError(path, _LOCKED if locked else "it is an old .xls workbook, or no workbook; save it as .xlsx")
    if not content.startswith(b"PK\x03\x04"):
        raise WorkbookError(path, f"it is {_what(content)}{_NO_WORKBOOK}")
    return content


def _bytes_of(path: str) -> bytes:
    """Read a file, or a little more of it than it may hold. Raises OSError, ValueError; WorkbookError for what is none."""
    # Not blocking: opening a pipe would otherwise wait for ever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise WorkbookError(path, f"it is {'a folder' if stat.S_ISDIR(mode) else 'not a file'}{_NO_WORKBOOK}")
    with os.fdopen(handle, "rb") as file:
        return file.read(MAX_FILE + 1)


def _what(content: bytes) -> str:
    """Say what a file is that is no workbook."""
    begin = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not begin:
        return "empty"
    if begin.startswith(b"%pdf"):
        return "a PDF document, not a workbook"
    if begin.startswith((b"<!doctype html", b"<html")):
        return "a web page, not a workbook"
    return "not a workbook"


def _check_kind(package: Package) -> None:
    """Refuse an archive that is no workbook, or one of another kind."""
    if "encrypted-package" in package.parts:
        raise package.refusal(_LOCKED)
    if "xl/workbook.bin" in package.parts:
        raise package.refusal("it is a binary workbook (.xlsb); save it as .xlsx")
    kinds = {"content.xml": ("mimetype", b"spreadsheet"), "_rels/.rels": ("[content_types].xml", b"spreadsheetml")}
    for part, (told_by, word) in kinds.items():
        if part in package.parts and told_by in package.parts and word in next(package.chunks(told_by), b""):
            package.is_ods = part == "content.xml"
            return
    raise package.refusal(f"it is another kind of file, not a workbook{_NO_WORKBOOK}")


def _short(text: str) -> str:
    """Return a name from the file as a sentence can hold it."""
    text = visible(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


class Tally:
    """Counts what stands in the cells of all sheets: too much is refused at once, formulas and errors at the end."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._rows = self._cells = self._area = self._characters = self._formulas = 0
        self._formula = self._error = ""
        self.sheet("")

    def sheet(self, name: str) -> None:
        """Begin with a sheet."""
        self._name = name
        self._columns: set[int] = set()
        self._filled = self._height = self._width = self._widest = 0

    def row(self, row: int, columns: Sequence[int], times: int = 1) -> None:
        """Count a row that holds something in these columns, and goes on so for `times` rows."""
        self._rows += times
        self._cells += times * len(columns)
        self._filled += times
        self._columns.update(columns)
        self._area -= self._height * self._width
        self._height = row + times - 1
        if columns[-1] > self._width:
            self._width, self._widest = columns[-1], row
        self._area += self._height * self._width
        if self._rows > MAX_ROWS or self._cells > MAX_CELLS:
            raise self._too_much(f"{MAX_ROWS:,} rows or {MAX_CELLS:,} cells", place(self._name, columns[-1], row))
        if len(self._columns) > MAX_COLUMNS:
            raise self.too_wide(columns[-1], row)
        if self._area > MAX_AREA:
            is_low = self._height * len(self._columns) >= self._width * self._filled
            where = place(self._name, columns[-1], row) if is_low else place(self._name, self._width, self._widest)
            raise self._package.refusal("this cell is far from the others; clear it, or move it to them", where)

    def text(self, characters: int, column: int, row: int) -> None:
        """Count the characters of a cell that may share its text with others."""
        self._characters += characters
        if self._characters > MAX_TEXT:
            raise self._too_much(f"{MAX_TEXT:,} characters", place(self._name, column, row))

    def formula(self, column: int, row: int, times: int = 1) -> None:
        """Note a formula."""
        self._formula = self._formula or place(self._name, column, row)
        self._formulas += times

    def error(self, column: int, row: int) -> None:
        """Note an error that stands as a value, such as #N/A."""
        self._error = self._error or place(self._name, column, row)

    def judge(self) -> None:
        """Refuse formulas and errors. Raises WorkbookError."""
        if self._formulas:
            count = "1 formula" if self._formulas == 1 else f"{self._formulas:,} formulas, of which this is the first"
            raise self._package.refusal(f"the workbook holds {count}; put values in their place (copy, then paste as values)", self._formula)  # fmt: skip
        if self._error:
            raise self._package.refusal("this cell holds an error, such as #N/A; clear it, or write what it should say", self._error)  # fmt: skip

    def too_wide(self, column: int, row: int) -> WorkbookError:
        """Return the error for a sheet with too many columns."""
        return self._too_much(f"{MAX_COLUMNS} columns", place(self._name, column, row))

    def _too_much(self, what: str, where: str) -> WorkbookError:
        return self._package.refusal(
            f"with this cell, more than {what} hold something; take out what is not the register's", where
        )
