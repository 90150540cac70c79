"""`ropa rules`: the catalogue, or the page of one rule."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ropa.cli.main import OK, add_language
from ropa.rules import Rule, catalogue, find_rule
from ropa.source import FAULTS, Page
from ropa.source.fault import fault_page
from ropa.source.page import translate

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("id", nargs="?", metavar="ID", help="a rule (TRF04), its name, or a family (TRF)")
    command.add_argument("--format", choices=("text", "json"), default="text")
    add_language(command)


def run(options: argparse.Namespace) -> int:
    """Print the table of rules, or explain one."""
    families = {one.family for one in catalogue()} | {"SRC"}
    asked = options.id
    if asked is None or asked.upper() in families:
        table = [row for row in _rows(options.language) if asked is None or row["family"] == asked.upper()]
        sys.stdout.write(_json(table) if options.format == "json" else _table(table))
    elif asked.upper() in FAULTS:
        _explain(asked.upper(), fault_page(asked.upper()), "error", (), options)
    else:
        one = find_rule(asked)
        _explain(one.id, one.page, one.severity.value, one.cites, options)
    return OK


def _rows(language: str) -> list[dict[str, Any]]:
    rows = [_row(one, language) for one in catalogue()]
    for rule_id, slug in FAULTS.items():
        name = translate(fault_page(rule_id).name, language)
        rows.append(
            {"id": rule_id, "name": slug.replace("_", "-"), "family": "SRC", "severity": "error", "title": name}
            | {"summary": f"{translate(fault_page(rule_id).name, 'en')}.", "cites": []}
        )
    return rows


def _row(one: Rule[Any], language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.slug,
        "family": one.family,
        "severity": one.severity.value,
        "title": translate(one.page.name, language),
        "summary": one.summary,
        "cites": list(one.cites),
    }


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{row['id']:<7}{row['severity']:<9}{row['title']}  ({', '.join(row['cites'])})" for row in rows]
    return "\n".join([line.replace("  ()", "") for line in lines] + [f"{len(rows)} rules"]) + "\n"


def _explain(rule_id: str, page: Page, severity: str, cites: tuple[str, ...], options: argparse.Namespace) -> None:
    name = translate(page.name, options.language)
    if options.format == "json":
        sys.stdout.write(
            _json({"id": rule_id, "title": name, "severity": severity, "cites": list(cites), "page": page.body})
        )
    else:
        sys.stdout.write(f"{rule_id} {name}\n{severity}{': ' if cites else ''}{', '.join(cites)}\n\n{page.body}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
