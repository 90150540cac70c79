"""The difference as JSON, by the schema in `schemas/diff.schema.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ropa.changes.comparison import Comparison
from ropa.changes.difference import Difference
from ropa.changes.saying import groups
from ropa.checking import Report
from ropa.reports.json import finding_as_data
from ropa.source import Path, Place, format_path
from ropa.version import __version__

__all__ = ["render_difference_json", "said_as_data"]


def render_difference_json(difference: Difference, language: str) -> str:
    """Return the difference as JSON text, the same bytes for the same input."""
    return json.dumps(_difference(difference, language), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _difference(difference: Difference, language: str) -> dict[str, Any]:
    head = difference.head
    return {
        "tool": {"name": "ropa", "version": __version__},
        "law": {"version": head.law.version, "verified_through": head.law.verified_through.isoformat()},
        "on": head.on.isoformat(),
        "later": list(difference.later),
        "base": _side(difference.base),
        "head": _side(head),
        "renamed": [{"from": old, "to": new} for old, new in difference.comparison.renamed()],
        "changes": [
            {
                "kind": change.kind,
                "what": change.what,
                "path": format_path(change.path),
                "record": format_path(change.record),
                "before": change.before,
                "after": change.after,
                **_place(difference.comparison.place(change)),
            }
            for change in difference.changes
        ],
        "said": said_as_data(difference.comparison, language),
        "consequences": [
            {
                "id": one.id,
                "case": one.says,
                "title": one.title(language),
                "message": one.words(language)[0],
                "fix": one.words(language)[1],
                "cites": list(one.cites),
                "subject": one.subject,
                "because": list(one.because),
            }
            for one in difference.consequences
        ],
        "findings": {
            "appeared": [finding_as_data(one, language) for one in difference.appeared],
            "vanished": [finding_as_data(one, language) for one in difference.vanished],
        },
    }


def said_as_data(comparison: Comparison, language: str, record: Path = ()) -> list[dict[str, Any]]:
    """Return what changed by record, said in a language, as plain data."""
    return [
        {
            "record": group.path,
            "title": group.title,
            "lines": [
                {"kind": one.kind, "label": one.label, "before": one.before, "after": one.after, "note": one.note}
                for one in group.changes
            ],
        }
        for group in groups(comparison, language, record)
    ]


def _side(report: Report) -> dict[str, Any]:
    return {
        "path": report.loaded.path,
        "revision": asdict(report.loaded.revision) if report.loaded.revision else None,
        "crashed": [{"id": one.rule, "subject": one.subject, "error": one.error} for one in report.crashes],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}
