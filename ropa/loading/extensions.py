"""The organisation's own fields: `extensions`, checked by the JSON Schema that the register names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ropa.model import BY_ID, Register
from ropa.model.shape import Shape, shape_of
from ropa.source import Fault, Path, Place, decode, format_path, visible

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

    from ropa.source.files import Beside

__all__ = ["refused_extensions"]

KINDS = (*BY_ID, "controller", "processor", "purposes", "cookies")
"""The kinds of record that can carry own fields, as `extension_schemas` names them."""

Locate = Callable[..., Place]


def refused_extensions(data: dict[str, Any], beside: Beside, locate: Locate) -> Iterator[Fault]:
    """Check all `extensions` of a register's plain values; yield what their schemas, read by `beside`, refuse."""
    named = data.get("extension_schemas")
    named = named if isinstance(named, dict) else {}
    for kind in named:
        if kind not in KINDS:
            facts = {"key": visible(str(kind)), "choices": ", ".join(KINDS), "found": f"`{visible(str(kind))}`"}
            yield Fault(
                "SRC07", locate(("extension_schemas", kind), key=True), "choice", dict(facts), "extension_schemas"
            )
    validators: dict[str, Draft202012Validator | None] = {}
    for path, kind, own in _own_fields(shape_of(Register), data, (), ""):
        if kind not in named:
            yield Fault("SRC10", locate(path, key=True), "unnamed", {"kind": kind}, format_path(path))
            continue
        if kind not in validators:
            validators[kind], why = _validator(beside, named[kind])
            if why:
                facts = {"schema": visible(str(named[kind])), "problem": why}
                yield Fault("SRC10", locate(("extension_schemas", kind)), "unreadable", dict(facts))
        validator = validators[kind]
        schema = visible(str(named[kind]))
        for at, problem in _refusals(validator, own) if validator else ():
            if at is None:
                validators[kind] = None  # said once
                place = locate(("extension_schemas", kind))
                yield Fault("SRC10", place, "unreadable", {"schema": schema, "problem": problem})
            else:
                facts = {"schema": schema, "problem": problem}
                yield Fault("SRC10", locate((*path, *at)), "schema", dict(facts), format_path((*path, *at)))


def _own_fields(shape: Shape, value: Any, path: Path, kind: str) -> Iterator[tuple[Path, str, Any]]:
    """Yield each `extensions` that is written: where, on which kind of record, what."""
    if not isinstance(value, dict):
        return
    if "extensions" in shape.fields and value.get("extensions") is not None:
        yield (*path, "extensions"), kind, value["extensions"]
    for name, below in shape.fields.items():
        if name not in value:
            continue
        if below.values is not None and "extensions" in below.values.fields and isinstance(value[name], dict):
            for key, each in value[name].items():
                yield from _own_fields(below.values, each, (*path, name, key), name)
        elif "extensions" in below.fields and name != "extensions":
            yield from _own_fields(below, value[name], (*path, name), name)


def _refusals(validator: Draft202012Validator, own: Any) -> Iterator[tuple[Path | None, str]]:
    """Yield what a schema refuses: where and why; nowhere, if the schema itself cannot be followed."""
    from referencing.exceptions import Unresolvable

    try:
        for error in validator.iter_errors(own):
            yield tuple(error.absolute_path), visible(error.message)
    except Unresolvable as error:
        yield None, visible(f"it refers to {error.ref}, which does not lie in it")
    except RecursionError:
        yield None, "it refers to itself without end"


def _validator(beside: Beside, name: Any) -> tuple[Draft202012Validator | None, str]:
    """Read a schema that lies beside the register; or say why it cannot be used."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from referencing import Registry

    try:
        content, why = beside(str(name))
        if why:
            return None, visible(why)
        text, fault = decode(content, str(name))
        if fault is not None:
            return None, visible(fault.message)
        schema = json.loads(text)
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return None, visible(error.message)
    except (OSError, ValueError, RecursionError) as error:
        return None, visible(str(getattr(error, "strerror", None) or error))
    # An empty registry: a `$ref` to another file or host is never fetched.
    return Draft202012Validator(schema, registry=Registry()), ""
