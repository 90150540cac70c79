"""The report as GitLab's code quality: what a merge request shows as new and as resolved.

GitLab knows no waivers and no baseline: findings that are waived or known are left out. An error is `critical`, a warning
`minor`, a reminder `info`; what kept ropa from checking (a fault of the text, a rule that crashed) is a `blocker`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from ropa.reports.escaping import json_text
from ropa.reports.words import said, words
from ropa.rules import Severity
from ropa.source import FAULTS, visible

if TYPE_CHECKING:
    from ropa.checking import Crash, Report
    from ropa.findings import Finding
    from ropa.reports.manner import Manner

__all__ = ["render_gitlab"]

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report, manner: Manner) -> str:
    """Return the report as a list of GitLab's entries."""
    crashes = [_crash(crash, report, manner) for crash in report.crashes]
    return json_text([*crashes, *(_entry(one, report, manner) for one in report.findings if one.counts)])


def _entry(finding: Finding, report: Report, manner: Manner) -> dict[str, Any]:
    spoken = said(finding, manner.language)
    parts = (f"{finding.title(manner.language)}: {spoken.message}", spoken.fix, spoken.cites)
    return {
        "description": " ".join(visible(part) for part in parts if part),
        "check_name": visible(finding.rule),
        "fingerprint": _fingerprint(report, manner, finding.fingerprint),
        "severity": "blocker" if finding.rule in FAULTS else _SEVERITIES[finding.severity],
        "location": _location(finding.place.file, finding.place.line, report, manner),
    }


def _crash(crash: Crash, report: Report, manner: Manner) -> dict[str, Any]:
    documents = report.loaded.sources.documents
    return {
        "description": visible(f"{words(manner.language)['crashed']}: {crash.rule}, {crash.subject}: {crash.error}"),
        "check_name": visible(crash.rule),
        "fingerprint": _fingerprint(report, manner, f"crash\0{crash.rule}\0{crash.subject}\0{crash.error}"),
        "severity": "blocker",
        "location": _location(documents[0].file if documents else "", 1, report, manner),
    }


def _location(file: str, line: int, report: Report, manner: Manner) -> dict[str, Any]:
    """Name a file as GitLab does, relative to the repository; a byte that is no text is shown as its code."""
    name = manner.file_of(file, report).encode("utf-8", "backslashreplace").decode()
    return {"path": name.lstrip("/") or ".", "lines": {"begin": line}}


def _fingerprint(report: Report, manner: Manner, of: str) -> str:
    """Tell apart what is found in several registers of one repository: GitLab puts their reports together."""
    register = manner.name_file(report.loaded.path)
    return hashlib.sha256(f"{register}\0{of}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
