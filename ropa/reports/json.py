"""The report as JSON, by the schema in `schemas/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ropa.rules import Severity
from ropa.version import __version__

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding

__all__ = ["render_json"]


def render_json(report: Report, language: str) -> str:
    """Return the report as JSON text, the same bytes for the same input."""
    return json.dumps(_report(report, language), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _report(report: Report, language: str) -> dict[str, Any]:
    register = report.loaded.register
    sections = ("activities", "services", "parties", "transfers")
    return {
        "tool": {"name": "ropa", "version": __version__},
        "law": {"version": report.law.version, "verified_through": report.law.verified_through.isoformat()},
        "on": report.on.isoformat(),
        "register": {
            "path": report.loaded.path,
            **{section: len(getattr(register, section)) if register else 0 for section in sections},
            "passed_over": list(report.passed_over),
        },
        "rules": {
            "run": list(report.run),
            "skipped": [{"id": one.rule, "why": one.why} for one in report.skipped],
            "crashed": [{"id": one.rule, "subject": one.subject, "error": one.error} for one in report.crashes],
        },
        "findings": [_finding(one, language) for one in report.findings],
        "counts": {**{one.value: report.counts[one] for one in Severity}, "waived": 0},
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    message, fix = finding.words(language)
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": message,
        "fix": fix,
        "cites": list(finding.cites),
        "subject": finding.subject,
        "path": finding.path,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "trail": list(finding.trail),
        "waiver": None,
        "fingerprint": finding.fingerprint,
    }
