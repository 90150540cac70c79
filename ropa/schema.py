"""The JSON Schema of a register, generated from the models; descriptions are the fields' own docstrings."""

from __future__ import annotations

import ast
import inspect
import json
from typing import Any

from ropa.model import Record, Register

__all__ = ["SCHEMA_FILE", "file_schema", "register_schema", "schema_text"]

SCHEMA_FILE = "register.schema.json"
"""What the schema is called beside a register, where editors find it and no register is read from it."""


def register_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a register's text, sections put together."""
    schema = Register.model_json_schema(mode="validation")
    _close(schema)
    for model in _records(Record):
        part = schema if model is Register else schema.get("$defs", {}).get(model.__name__)
        if part is not None:
            _describe(part, model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Register of processing activities (GDPR Art. 30)",
    }


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of each single file of a register, for editors: none must hold what another may hold."""
    schema = register_schema()
    del schema["required"]
    return {**schema, "title": "A file of a register of processing activities (GDPR Art. 30)"}


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as a file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _close(part: Any) -> None:
    """Refuse keys that fit no pattern, which pydantic's models do and its schemas leave open."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part.setdefault("additionalProperties", False)
        for below in part.values():
            _close(below)
    elif isinstance(part, list):
        for below in part:
            _close(below)


def _records(model: type[Record]) -> list[type[Record]]:
    return [model, *(each for below in model.__subclasses__() for each in _records(below))]


def _describe(part: dict[str, Any], model: type[Record]) -> None:
    for parent in reversed(model.__mro__):
        if issubclass(parent, Record):
            for name, text in _docstrings(parent).items():
                if name in part.get("properties", {}):
                    part["properties"][name]["description"] = text


def _docstrings(model: type[Record]) -> dict[str, str]:
    """Read the docstring under each field of a class: Python keeps it in the source only."""
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for field, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            found[field.target.id] = inspect.cleandoc(ast.literal_eval(after.value))
    return found
