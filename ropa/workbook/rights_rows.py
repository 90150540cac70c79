"""The rows of the sheet of rights: what each purpose's legal basis gives to the data subject."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import RightOffered
from ropa.model.rights import rights_of
from ropa.workbook.rows import Row
from ropa.workbook.speaking import Speaker, Value

__all__ = ["rights_rows"]


def rights_rows(say: Speaker) -> Iterator[Row]:
    """Yield a row for each purpose: its basis, and each right as the law gives it, or as the record refuses it."""
    for one, activity in say.register.activities.items():
        for key, purpose in activity.purpose_records().items():
            bases = [say.code("basis", basis.article) for basis in purpose.bases]
            cells = {
                "id": Value(f"{one}.{key}"),
                "activity": Value(say.named("activities", one)),
                "purpose": Value(say.text(purpose.name)),
                "basis": say.lines(bases) if bases else say.field(purpose.legal_basis, str),
            }
            offered = {**(say.register.rights or {}), **(activity.rights or {})}
            for right, given in rights_of(purpose).items():
                cells[right] = Value(_said(say, given, offered.get(right)))
            yield Row(cells)


def _said(say: Speaker, given: str, offered: RightOffered | None) -> str:
    """Say whether the basis gives a right; and where it does, that the record refuses it."""
    said = say.code("given", given)
    refused = given != "no" and offered is not None and offered.offered == "no"
    return f"{said}; {say.say('refused')}" if refused else said
