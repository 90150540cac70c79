"""The report as JSON, by the schema in `schemas/report.schema.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ropa.model import in_place
from ropa.model.rights import rights_of
from ropa.reports.saying import impact_as_data, standing_as_data
from ropa.rules import Severity
from ropa.source.page import translate
from ropa.version import __version__

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding

__all__ = ["finding_as_data", "render_json"]


def render_json(report: Report, language: str) -> str:
    """Return the report as JSON text, the same bytes for the same input."""
    return json.dumps(_report(report, language), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _report(report: Report, language: str) -> dict[str, Any]:
    register = report.loaded.register
    sections = ("activities", "services", "parties", "transfers")
    return {
        "tool": {"name": "ropa", "version": __version__},
        "law": {
            "version": report.law.version,
            "verified_through": report.law.verified_through.isoformat(),
            "overlays": [
                {"kind": one.kind, "name": one.name, "file": one.file, "reason": one.reason}
                for one in report.law.overlays
            ],
            "supposed_ended": list(report.law.supposed),
        },
        "on": report.on.isoformat(),
        "register": {
            "path": report.loaded.path,
            "revision": asdict(report.loaded.revision) if report.loaded.revision else None,
            **{section: len(getattr(register, section)) if register else 0 for section in sections},
            "passed_over": list(report.passed_over),
        },
        "rules": {
            "run": list(report.run),
            "skipped": [{"id": one.rule, "why": translate(one.why, language)} for one in report.skipped],
            "ignored": list(report.ignored),
            "severities": {one: severity.value for one, severity in sorted(report.severities.items())},
            "crashed": [{"id": one.rule, "subject": one.subject, "error": one.error} for one in report.crashes],
        },
        "transfers": _transfers(report, language),
        "rights": _rights(report),
        "what_if": _what_if(report, language),
        "findings": [finding_as_data(one, language) for one in report.findings],
        "baseline": _baseline(report),
        "counts": {
            **{one.value: report.counts[one] for one in Severity},
            "waived": len(report.waived),
            "known": len(report.known),
        },
    }


def finding_as_data(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as plain data, its words in a language."""
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
        "waiver": _waiver(finding, language),
        "known": finding.known,
        "fingerprint": finding.fingerprint,
    }


def _waiver(finding: Finding, language: str) -> dict[str, Any] | None:
    """Say who accepted a finding, why and until when."""
    waiver = finding.waiver
    if waiver is None:
        return None
    return {
        "id": waiver.id,
        "reason": translate(waiver.reason, language),
        "accepted_by": translate(waiver.by, language),
        "until": waiver.until.isoformat(),
    }


def _baseline(report: Report) -> dict[str, Any] | None:
    """Say what of the baseline nothing needs any more; None if there was no baseline."""
    if report.baseline is None:
        return None
    return {"entries": len(report.baseline), "gone": [one._asdict() for one in report.gone]}


def _transfers(report: Report, language: str) -> list[dict[str, Any]]:
    """Say on what each transfer stands, of those that are in place."""
    if report.standings is None or report.loaded.register is None:
        return []
    return [
        {"id": one, **standing_as_data(report.standings.of(one), language)}
        for one, transfer in report.loaded.register.transfers.items()
        if in_place(transfer, report.on)
    ]


def _rights(report: Report) -> list[dict[str, Any]]:
    """Say which rights come with the legal basis of each purpose, of the activities in place."""
    register = report.loaded.register
    if register is None:
        return []
    return [
        {"purpose": f"{one}.{key}", "bases": [basis.article for basis in purpose.bases], "rights": dict(rights)}
        for one, activity in register.activities.items()
        if in_place(activity, report.on)
        for key, purpose in activity.purpose_records().items()
        if (rights := rights_of(purpose))
    ]


def _what_if(report: Report, language: str) -> dict[str, Any] | None:
    """Say what would happen without the instruments that the check was to do without."""
    what, register = report.what_if, report.loaded.register
    if what is None or register is None:
        return None
    return {
        "without": list(what.names),
        "not_in_force": list(what.not_in_force),
        "transfers": [
            {
                "id": fall.transfer,
                "fate": fall.fate,
                "before": standing_as_data(fall.before, language),
                "after": standing_as_data(fall.after, language),
                "touches": impact_as_data(register, fall.impact, language),
            }
            for fall in what.falls
        ],
    }
