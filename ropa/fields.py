"""The fields of a register as a page for people, made from the JSON Schema: what each is, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ropa.model.base import ID_PATTERN, PERIOD_PATTERN
from ropa.model.countries import COUNTRY_PATTERN
from ropa.schema import register_schema

__all__ = ["fields_page"]

_STRINGS = {
    ID_PATTERN: "id",
    PERIOD_PATTERN: "period (ISO 8601: `P5Y`)",
    COUNTRY_PATTERN: "country (ISO 3166-1: `NL`)",
    r"^[a-z]{2}$": "language (ISO 639-1: `nl`)",
    r"\S": "text",
}
_HEAD = """\
# The fields of a register

Every field that a register can have, as `ropa schema` knows it. *Text* is a string in the register's language, or a
mapping by language (`{nl: …, en: …}`). `unknown` says that nobody knows; `none` that there is none; a field that is left
out says neither. **Bold** fields must be there. Any record with an id can carry [`tags`](#tags), a `note` and `extensions`.
"""
_TAGS = """\
## Tags

Tags are the organisation's own. These tell a rule what no field tells; without them it looks at something else, or not
at all.

| tag | on | what it says | rule |
|---|---|---|---|
| `direct-marketing` | purposes | it is direct marketing, by whatever means | RGT02 |
| `analytics`, `advertising`, `profiling`, `service-improvement`, `fraud-prevention` | purposes | what a contract as a rule does not need | LB10 |
| `archiving`, `research`, `statistics` | purposes | compatible with the purpose of collection (Art. 5(1)(b)) | LB12 |
| `bookkeeping`, `tax` | purposes | what the fiscal term is for (Netherlands) | NL01 |
| `absence` | purposes | absence through illness (Netherlands) | NL02 |
| `personnel-monitoring` | purposes | what the works council consents to (Netherlands) | NL03 |
| `recruitment` | purposes | data of applicants (Netherlands) | NL04 |
| `access-list` | measures | a list of who has access (Belgium) | BE01 |
"""
_EVERYWHERE = ("tags", "note", "extensions")


def fields_page() -> str:
    """Return the page as Markdown: the register first, then every record in the order of the alphabet."""
    schema = register_schema()
    records = {name: part for name, part in sorted(schema["$defs"].items()) if "properties" in part}
    parts = [_HEAD, *_record("Register", schema)]
    for name, part in records.items():
        parts += _record(name, part)
    parts.append(_TAGS)
    return "\n".join(parts)


def _record(name: str, part: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}\n"
    if name != "Register":
        yield part.get("description", "") + "\n"
    yield "| field | what it says | takes |\n|---|---|---|"
    for field, about in part["properties"].items():
        if field not in _EVERYWHERE:
            shown = f"**`{field}`**" if field in part.get("required", ()) else f"`{field}`"
            yield f"| {shown} | {about.get('description', '')} | {_takes(about)} |"
    yield ""


def _takes(about: dict[str, Any]) -> str:
    """Say what a field takes."""
    if "$ref" in about:
        name = about["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if name != "JsonValue" else "anything"
    for several in ("anyOf", "oneOf"):
        if several in about:
            kinds = [_takes(each) for each in about[several] if each.get("type") != "null"]
            return " or ".join(dict.fromkeys(kind for kind in kinds if kind))
    if "enum" in about or "const" in about:
        return ", ".join(f"`{word}`" for word in about.get("enum", [about.get("const")]))
    match about.get("type"):
        case "array":
            return f"list of {_takes(about['items'])}"
        case "object":
            return _mapping(about)
        case "integer":
            return "whole number"
        case "string" if about.get("format") == "date":
            return "day (`2020-07-16`)"
        case "string":
            return _STRINGS.get(about.get("pattern", ""), "text")
        case kind:
            return str(kind or "")


def _mapping(about: dict[str, Any]) -> str:
    """Say what a mapping holds; one by language is text."""
    for pattern, each in about.get("patternProperties", {}).items():
        if pattern == r"^[a-z]{2}$":
            return "text"
        return f"mapping by id of {_takes(each)}"
    names = re.findall(r"'([^']+)'", str(about.get("propertyNames", {}).get("enum", "")))
    each = about.get("additionalProperties")
    of = f" of {_takes(each)}" if isinstance(each, dict) else ""
    return f"mapping{of} by {', '.join(f'`{name}`' for name in names)}" if names else f"mapping{of}"
