"""What helps who edits: drop-downs, a word of warning on compiled cells, and colours that follow what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ropa.workbook.fields import field
from ropa.workbook.kinds import Kind
from ropa.workbook.layout import Column, Sheet
from ropa.workbook.lists import list_for
from ropa.workbook.sheets import FIRST
from ropa.workbook.speaking import Speaker
from ropa.workbook.styles import RED, UNSET

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["aid", "range_name"]

ROOM = 300
"""Rows below the last that drop-downs and colours reach as well: for what somebody adds."""


def range_name(name: str, language: str) -> str:
    """Return what the range of a list is called in the workbook."""
    return f"ropa_{name}_{language}"


def aid(sheet: Worksheet, layout: Sheet, say: Speaker, last: int, homes: Mapping[str, str]) -> None:
    """Add to a table what helps who edits it; `last` is its last row."""
    keys = [column.key for column in layout.columns]
    identity = get_column_letter(keys.index("id") + 1) if "id" in keys else "A"
    name = get_column_letter(min(len(keys), 2 if keys[0] == "id" else 1))
    for number, column in enumerate(layout.columns, 1):
        letter = get_column_letter(number)
        cells = f"{letter}{FIRST}:{letter}{last + ROOM}"
        validation = _validation(layout, column, say, homes.get(column.key, ""))
        if validation is not None:
            validation.add(cells)
            sheet.add_data_validation(validation)
        if not column.optional and column.key not in ("id", "of"):
            _colour(sheet, cells, column, say, (f"${identity}{FIRST}", f"${name}{FIRST}"))


def _validation(layout: Sheet, column: Column, say: Speaker, home: str) -> DataValidation | None:
    """Return the drop-down, the hint or the word of warning of a column."""
    one = field(layout.rows, column.key)
    if column.key == "id" or (not one.edited and column.key != "of"):
        said = say.say("guard_id" if column.key == "id" else "guard_home" if home else "guard", sheet=home)
        return DataValidation("custom", formula1="FALSE", errorStyle="warning", allow_blank=True, showErrorMessage=True, errorTitle=say.say("guard_title"), error=said)  # fmt: skip
    chosen = list_for(layout.rows, column.key)
    hint = _hint(say, getattr(one, "kind", None))
    if chosen:
        validation = DataValidation("list", formula1=range_name(chosen, say.language), errorStyle="warning", allow_blank=True, showErrorMessage=True, errorTitle=say.say("choice_title"), error=say.say("choice_says"))  # fmt: skip
    elif hint:
        validation = DataValidation(allow_blank=True)
    else:
        return None
    if hint:
        validation.promptTitle, validation.prompt, validation.showInputMessage = say.say("hint_title"), hint, True
    return validation


def _hint(say: Speaker, kind: Kind | None) -> str:
    """Return how a cell is to be filled, where that is not plain."""
    if kind is None:
        return ""
    if kind.many:
        return say.say("hint_list")
    for scalar in ("day", "period"):
        if scalar in kind.shape.scalars:
            return say.say(f"hint_{scalar}", example=say.period("P1Y6M"))
    return ""


def _colour(sheet: Worksheet, cells: str, column: Column, say: Speaker, ids: tuple[str, str]) -> None:
    """Colour a gap while it is one: red where Art. 30 asks for it, grey elsewhere."""
    first = cells.partition(":")[0]
    ink, fill = (RED[1], PatternFill(bgColor=RED[0])) if column.required else (UNSET, None)
    gap = f'OR({first}="{_quoted(say.say("missing"))}",{first}="{_quoted(say.say("unknown"))}"'
    blank = f',AND(LEN({first})=0,LEN({ids[1]})>0,ISERROR(FIND("#",{ids[0]})))' if column.required else ""
    rule = FormulaRule([f"{gap}{blank})"], font=Font(color=ink, italic=True), fill=fill)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(cells, rule)


def _quoted(text: str) -> str:
    return text.replace('"', '""')
