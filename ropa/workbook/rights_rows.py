"""The columns of the sheet of rights: what each purpose's legal basis gives to the data subject."""

from __future__ import annotations

from typing import get_args

from ropa.model import Purpose, RightOffered
from ropa.model.activity import Right
from ropa.model.rights import rights_of
from ropa.workbook.rows import Getter, Row
from ropa.workbook.speaking import Speaker, Value

__all__ = ["RIGHTS"]


def _purpose(say: Speaker, row: Row) -> Purpose:
    return say.register.activities[row.owner[1]].purpose_records()[str(row.path[3])]


def _basis(say: Speaker, row: Row) -> Value:
    purpose = _purpose(say, row)
    bases = [say.code("basis", basis.article) for basis in purpose.bases]
    return say.lines(bases) if bases else say.field(purpose.legal_basis, str)


def _right(right: Right) -> Getter:
    def said(say: Speaker, row: Row) -> Value:
        given = rights_of(_purpose(say, row)).get(right)
        if given is None:
            return Value("")
        own = say.register.activities[row.owner[1]].rights
        return Value(_said(say, given, {**(say.register.rights or {}), **(own or {})}.get(right)))

    return said


def _said(say: Speaker, given: str, offered: RightOffered | None) -> str:
    """Say whether the basis gives a right; and where it does, that the record refuses it."""
    said = say.code("given", given)
    refused = given != "no" and offered is not None and offered.offered == "no"
    return f"{said}; {say.say('refused')}" if refused else said


RIGHTS: dict[str, Getter] = {
    "activity": lambda say, row: Value(say.label(*row.owner)),
    "purpose": lambda say, row: Value(say.text(_purpose(say, row).name)),
    "basis": _basis,
    **{right: _right(right) for right in get_args(Right)},
}
"""The columns by key: the purpose, its basis, and each right as the law gives it, or as the record refuses it."""
