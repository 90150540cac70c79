"""`ropa rules`: the catalogue, or the page of one rule."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ropa.cli.main import OK, add_config, add_language, asked_config
from ropa.rules import Rule, Severity, catalogue, find_rule
from ropa.rules.citing import cited
from ropa.rules.unruled import FAMILIES, UNRULED, Unruled, unruled_page
from ropa.source import Page
from ropa.source.page import translate

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("id", nargs="?", metavar="ID", help="a rule (TRF04), its name, or a family (TRF)")
    command.add_argument("--article", metavar="N", help="only rules that rest on this article of the GDPR: 28, 28(3)")
    command.add_argument("--severity", choices=[one.value for one in Severity], help="only rules of this severity")
    command.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    add_language(command)
    add_config(command)


def run(options: argparse.Namespace) -> int:
    """Print the table of rules, or explain one."""
    own = asked_config(options).own_rules
    families = {one.family for one in (*catalogue(), *own)} | set(FAMILIES)
    asked = options.id.upper() if options.id else None
    if asked is None or asked in families:
        rows = [row for row in _rows(own, options.language) if _wanted(row, asked, options)]
        shown = {"json": _json, "markdown": _markdown, "text": _table}[options.format]
        sys.stdout.write(shown(rows))
    elif asked in UNRULED:
        _explain(asked, unruled_page(asked), UNRULED[asked].severity.value, (), options)
    else:
        one = find_rule(options.id, own)
        _explain(one.id, one.page, one.severity.value, one.cites, options)
    return OK


def _wanted(row: dict[str, Any], family: str | None, options: argparse.Namespace) -> bool:
    """Tell whether a rule is of the family, the article and the severity asked for."""
    article = re.sub(r"^art\.?\s*", "", options.article or "", flags=re.IGNORECASE)
    return (
        (family is None or row["family"] == family)
        and (not article or any(re.match(rf"GDPR {re.escape(article)}(?!\d)", each) for each in row["cites"]))
        and (options.severity is None or row["severity"] == options.severity)
    )


def _rows(own: Sequence[Rule[Any]], language: str) -> list[dict[str, Any]]:
    rows = [_row(one, language) for one in (*catalogue(), *own)]
    rows += [_unruled_row(one, language) for one in UNRULED.values()]
    return sorted(rows, key=lambda row: str(row["id"]))


def _unruled_row(one: Unruled, language: str) -> dict[str, Any]:
    name = unruled_page(one.id).name
    return {
        "id": one.id,
        "name": one.name,
        "family": one.family,
        "pack": None,
        "severity": one.severity.value,
        "title": translate(name, language),
        "summary": f"{translate(name, 'en')}.",
        "cites": [],
        "page": f"{one.home}/{one.slug}.md",
    }


def _row(one: Rule[Any], language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.slug,
        "family": one.family,
        "pack": one.pack or None,
        "severity": one.severity.value,
        "title": translate(one.page.name, language),
        "summary": one.summary,
        "cites": list(one.cites),
        "page": f"{one.looks.__module__.replace('.', '/')}.md" if one.own_page is None else None,
    }


def _table(rows: list[dict[str, Any]]) -> str:
    lines = []
    for row in rows:
        cites = f"  ({', '.join(row['cites'])})" if row["cites"] else ""
        pack = f" [{row['pack']}]" if row["pack"] else ""
        lines.append(f"{row['id']:<7}{row['severity']:<9}{row['title']}{pack}{cites}")
    return "\n".join([*lines, f"{len(rows)} rule{'' if len(rows) == 1 else 's'}"]) + "\n"


_ABOUT = """`ropa rules ID` shows a page in the terminal; `ropa rules --article 30` lists those that
rest on an article. A finding can have another severity, where the page says so."""


def _markdown(rows: list[dict[str, Any]]) -> str:
    """Return the index of the pages, by family."""
    parts = [
        "# The rules\n",
        f"{len(rows)} rules, by family. {_ABOUT}\n",
    ]
    for family, found in groupby(rows, key=lambda row: row["family"]):
        parts.append(f"## {family}\n\n| rule | severity | finds | rests on |\n|---|---|---|---|")
        for row in found:
            pack = f" (pack {row['pack']})" if row["pack"] else ""
            name = f"[{row['id']}](../{row['page']}) {row['title']}" if row["page"] else f"{row['id']} {row['title']}"
            parts.append(f"| {name}{pack} | {row['severity']} | {row['summary']} | {', '.join(row['cites'])} |")
        parts.append("")
    return "\n".join(parts)


def _explain(rule_id: str, page: Page, severity: str, cites: tuple[str, ...], options: argparse.Namespace) -> None:
    name = translate(page.name, options.language)
    if options.format == "json":
        sys.stdout.write(
            _json({"id": rule_id, "title": name, "severity": severity, "cites": list(cites), "page": page.body})
        )
    else:
        rests = ", ".join(cited(one, options.language) for one in cites)
        sys.stdout.write(f"{rule_id} {name}\n{severity}{': ' if rests else ''}{rests}\n\n{page.body}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
