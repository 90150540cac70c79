"""Reading one file of law data: what is wrong with it is named with file and line, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from ropa.errors import LawDataError
from ropa.source import Document, Path, read_text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["read_document", "read_fact", "sentences"]

M = TypeVar("M", bound=BaseModel)


def read_fact(file: Traversable, model: type[M]) -> M:
    """Read a file as a legal fact. Raises LawDataError with every fault, each with file and line."""
    document = read_document(file, file.name)
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise LawDataError(tuple(sentences(error, document))) from error


def read_document(file: Traversable, name: str) -> Document:
    """Read a file as plain values with places. Raises LawDataError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LawDataError((f"{name}:1:1: cannot be read: {error}",)) from error
    document, faults = read_text(text, name)
    if document is None or faults:
        raise LawDataError(tuple(str(fault) for fault in faults))
    return document


def sentences(error: ValidationError, document: Document, paths: Mapping[int, Path] | None = None) -> list[str]:
    """Say what is wrong, one sentence for each fault; `paths` tells where versions stand if not at their number."""
    details = error.errors()
    inner = {tuple(detail["loc"])[:length] for detail in details for length in range(len(detail["loc"]))}
    return [
        _sentence(detail, document, paths or {})
        for detail in details
        if detail["type"] != "too_short"
        or tuple(detail["loc"]) not in inner  # its entries are at fault, not their number
    ]


def _sentence(detail: Any, document: Document, paths: Mapping[int, Path]) -> str:
    loc = tuple(detail["loc"])
    if detail["type"] == "overlap":
        loc = ("versions", detail["ctx"]["at"])
    if len(loc) > 1 and loc[0] == "versions" and loc[1] in paths:
        loc = (*paths[loc[1]], *loc[2:])
    place = document.place(loc, key=detail["type"] == "extra_forbidden")
    said = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        said = "there is no such field"
    return f"{place.file}:{place.line}:{place.column}: {'.'.join(map(str, loc))}: {said}"
