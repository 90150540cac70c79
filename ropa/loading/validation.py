"""What pydantic found, as faults with places: its `loc` becomes a path that exists in the text.

Pydantic reports each branch of a union that did not fit, adds the branch's name to the path, and
names fields that are not written. Here such steps are dropped, the branches that do not match the
kind of value written fall away, and what remains at one place becomes one fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ropa.errors import nearest
from ropa.loading.kinds import COUNTRY, REGISTER, Words, either, expected, quoted, shown
from ropa.model import Register, country_meant
from ropa.model.shape import shape_at, shape_of
from ropa.source import Fact, Fault, Path, Place, format_path, visible

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

__all__ = ["faults_of"]

Locate = Callable[..., Place]

_BRANCH = frozenset(
    {
        "string_type",
        "literal_error",
        "model_type",
        "model_attributes_type",
        "dict_type",
        "tuple_type",
        "int_type",
        "date_type",
    }
)
_QUOTED = re.compile(r"'([^']*)'|(?<![\w'])(\d+)(?![\w'])")


def faults_of(error: ValidationError, data: Any, locate: Locate) -> Iterator[Fault]:
    """Turn a validation error into faults, one for each place, in the order of the text."""
    at: dict[tuple[Path, bool], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False, include_input=False):
        at.setdefault(_path_of(detail, data), []).append(detail)
    inner = {path[:length] for path, _ in at for length in range(len(path))}
    for (path, key), details in at.items():
        if path in inner:  # a fault lies within, so the value itself is of a right kind
            details = [detail for detail in details if detail["type"] not in _BRANCH]
        if details:
            yield _fault(path, key, details, data, locate)


def _path_of(detail: ErrorDetails, data: Any) -> tuple[Path, bool]:
    """Walk pydantic's `loc` along the data, leaving out the steps that are not written there."""
    loc, key = detail["loc"], False
    if detail["type"] == "missing":
        loc = loc[:-1]
    if loc and loc[-1] == "[key]" and detail["type"] not in ("extra_forbidden", "missing"):
        loc, key = loc[:-1], True
    path: list[str | int] = []
    for step in loc:
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            path.append(step)
            data = data[step]  # type: ignore[index]
    return tuple(path), key or detail["type"] == "extra_forbidden"


def _fault(path: Path, key: bool, details: list[ErrorDetails], data: Any, locate: Locate) -> Fault:
    kinds = {detail["type"] for detail in details}
    where = format_path(path)
    if "extra_forbidden" in kinds:
        return _unknown_key(path, locate)
    if "missing" in kinds:
        missing = str(next(detail["loc"][-1] for detail in details if detail["type"] == "missing"))
        facts: dict[str, Fact] = {"record": _record(path), "key": missing}
        return Fault("SRC06", locate(path, key=True), "field", facts, where)
    if "union_tag_not_found" in kinds:
        tag = next(detail for detail in details if detail["type"] == "union_tag_not_found")
        facts = {"record": _record(path), "key": tag["ctx"]["discriminator"].strip("'")}
        return Fault("SRC06", locate(path, key=True), "field", facts, where)
    if "union_tag_invalid" in kinds:
        tag = next(detail for detail in details if detail["type"] == "union_tag_invalid")
        path = (*path, tag["ctx"]["discriminator"].strip("'"))
        details, where = [tag], format_path(path)
    return _wrong_value(path, key, details, _at(data, path), locate)


def _unknown_key(path: Path, locate: Locate) -> Fault:
    above = shape_at(shape_of(Register), path[:-1])
    fields = sorted(above.fields) if above else []
    near = nearest(str(path[-1]), fields)
    facts: dict[str, Fact] = {
        "key": visible(str(path[-1])),
        "record": _record(path[:-1]),
        "suggestion": near or "",
        "known": ", ".join(fields),
    }
    return Fault("SRC05", locate(path, key=True), "near" if near else "far", facts, format_path(path))


def _wrong_value(path: Path, key: bool, details: list[ErrorDetails], value: Any, locate: Locate) -> Fault:
    written = path[-1] if key else value
    if any(detail["type"] in ("reversed", "over_before") for detail in details):
        path, written = (*path, "until"), value["until"]
    choices = [word for detail in details for word in _choices(detail)]
    kinds = [kind for detail in details if (kind := expected(detail, written)) is not None]
    facts: dict[str, Any] = {"key": _field(path), "found": shown(written)}
    near = _meant(written, choices, kinds)
    if near is not None and near == written:  # a number in quotes
        unquoted = {
            "en": f"the number {near}, without quotes",
            "nl": f"het getal {near}, zonder aanhalingstekens",
            "de": f"die Zahl {near} ohne Anführungszeichen",
            "fr": f"le nombre {near}, sans guillemets",
        }
        says, facts["expected"] = "kind", unquoted
    elif near is not None:
        says, facts["suggestion"] = "near", near
    elif choices and not kinds:
        says, facts["choices"] = "choice", ", ".join(choices)
    else:
        says, facts["expected"] = "kind", either([*kinds, *(quoted(word) for word in choices)])
    return Fault("SRC07", locate(path, key=key), says, facts, format_path(path))


def _choices(detail: ErrorDetails) -> list[str]:
    ctx = detail.get("ctx", {})
    return [
        quoted or number for quoted, number in _QUOTED.findall(str(ctx.get("expected_tags", ctx.get("expected", ""))))
    ]


def _meant(written: Any, choices: list[str], kinds: list[Words]) -> str | None:
    """Guess what was meant: a word of the list, or the code of a country. A provision of law is never guessed."""
    if isinstance(written, bool) and "yes" in choices:
        return "yes" if written else "no"
    if not isinstance(written, str):
        return None
    if COUNTRY in kinds:
        return country_meant(written)
    return nearest(written, [word for word in choices if "(" not in word])


def _field(path: Path) -> str:
    """Name a field by its last key, and its place in a list below that."""
    last = max((at for at, step in enumerate(path) if isinstance(step, str)), default=0)
    return visible(format_path(path[last:])) or "ropa"


def _record(path: Path) -> Words:
    return quoted(visible(format_path(path))) if path else REGISTER


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data
