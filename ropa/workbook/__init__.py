"""The workbook: a register as the spreadsheet that a supervisory authority asks for, and the way back into the text."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ropa.errors import WriteError

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.law import Law
    from ropa.loading import Loaded
    from ropa.workbook.back import Returned
else:

    def __getattr__(name: str) -> object:
        """Import what the way back needs when it is first asked for."""
        if name == "Returned":
            from ropa.workbook.back import Returned

            return Returned
        raise AttributeError(f"module 'ropa.workbook' has no attribute {name!r}")


__all__ = ["Returned", "export", "export_csv", "import_workbook", "workbook_of"]

_UNREAD = "the register could not be read whole; its faults come first."


def export(
    report: Report,
    path: str | os.PathLike[str],
    *,
    language: str | Sequence[str] = "nl",
    layout: str = "article30",
    authority: bool = False,
    revision: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the workbook of a checked register; the options are those of `workbook_of`.

    Raises LayoutError; raises WriteError, and leaves what was there untouched, if the register was not
    read whole or the file cannot be written.
    """
    from ropa.source.saving import put

    if report.loaded.register is None:
        raise WriteError(os.fspath(path), _UNREAD)
    made = workbook_of(report, language=language, layout=layout, authority=authority, revision=revision, progress=progress)  # fmt: skip
    put(made, path)


def workbook_of(
    report: Report,
    *,
    language: str | Sequence[str] = "nl",
    layout: str = "article30",
    authority: bool = False,
    revision: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the workbook of a checked register, as the bytes of an .xlsx file.

    `language` is one of `en`, `nl`, `de`, `fr`, or several for a workbook that says everything in each;
    `layout` the name of a layout that comes with ropa (`article30`, `ico`, `cnil`, `apd`, `processor`)
    or the path of a YAML file with one's own; `authority` leaves out what is internal: findings, waivers,
    assessments, notes, own fields, and the hidden sheet that the way back needs; `revision` is the
    version of the text, for the cover; `progress` is told how many sheets are done, of how many.

    The same register, day, law and options give the same bytes. The workbook holds text only: no
    formulas, no macros, no links out. Raises LayoutError; raises WriteError if the register was not read whole.
    """
    if report.loaded.register is None:
        raise WriteError("workbook", _UNREAD)
    from ropa.collector import paused_collector
    from ropa.workbook.book import build, digest
    from ropa.workbook.cover import Edition
    from ropa.workbook.layout import layout as layout_of
    from ropa.workbook.writing import packed

    languages = (language,) if isinstance(language, str) else tuple(dict.fromkeys(language))
    with paused_collector():
        edition = Edition(layout_of(layout), authority, digest(report), revision)
        book = build(report, report.loaded.register, languages, edition, progress)
        return packed(book, report.on)


def export_csv(
    report: Report,
    folder: str | os.PathLike[str],
    *,
    language: str | Sequence[str] = "nl",
    layout: str = "article30",
    authority: bool = False,
) -> None:
    """Write the sheets of the workbook as CSV files (UTF-8, RFC 4180) into a new or empty folder.

    What a spreadsheet would take for a formula stands behind an apostrophe; CSV files are not read back.
    Raises LayoutError; raises WriteError if the folder holds something, or cannot be written.
    """
    if report.loaded.register is None:
        raise WriteError(os.fspath(folder), _UNREAD)
    from ropa.source.saving import put_all
    from ropa.workbook.layout import layout as layout_of
    from ropa.workbook.texts import sheets_as_csv

    if os.path.lexists(folder) and not (os.path.isdir(folder) and not os.listdir(folder)):  # noqa: PTH112, PTH208 - a path may be text
        raise WriteError(os.fspath(folder), "something stands there already; name a new folder")
    languages = (language,) if isinstance(language, str) else tuple(dict.fromkeys(language))
    files = sheets_as_csv(report, report.loaded.register, languages, layout_of(layout), authority=authority)
    put_all({os.path.join(folder, name): content for name, content in files.items()})  # noqa: PTH118 - the same


def import_workbook(
    loaded: Loaded, path: str | os.PathLike[str], *, law: Law | None = None, layout: str = ""
) -> Returned:
    """Read a workbook that somebody edited, and say what it changes in the register's text.

    `path` is a file that `export` wrote and Excel or LibreOffice saved (.xlsx, .ods); `layout` the file
    of one's own layout, if it was exported with one. Nothing is written until `Returned.write` is called.
    Raises WorkbookError if the file cannot be read safely or is no workbook of a register; LayoutError.
    """
    from ropa.workbook.back import returned

    return returned(loaded, path, law=law, own_layout=layout)
