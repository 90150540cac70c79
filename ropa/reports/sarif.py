"""The report as SARIF 2.1.0 (OASIS), as GitHub's code scanning and other viewers of results read it.

- Names of files are relative to `%SRCROOT%`, the root of the repository, and columns count characters.
- `partialFingerprints` holds ropa's own fingerprint, which stays while lines move. The one that GitHub
  compares, `primaryLocationLineHash`, is made of a line's text and not of what was found: GitHub's upload
  action computes it itself, and complains of one that differs. So none is written here.
- No rule gets a `security-severity`: that is a score of another kind, and nothing here measures it.
- A waived finding is suppressed, and stays in the file. Where a baseline was used, each finding says whether
  it is of old (`baselineState`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ropa.reports.escaping import json_text, sarif_text, uri
from ropa.reports.ruled import family_of, rules_of
from ropa.reports.words import accepted, said
from ropa.rules import Severity
from ropa.rules.citing import cited
from ropa.source import visible
from ropa.source.page import translate
from ropa.version import __version__

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding
    from ropa.reports.manner import Manner
    from ropa.reports.ruled import Ruled
    from ropa.source import Place

__all__ = ["render_sarif"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_DESCRIPTION = 1024  # what GitHub shows of a description
_ROOT = "%SRCROOT%"


def render_sarif(report: Report, manner: Manner) -> str:
    """Return the report as a SARIF log of one run, the same bytes for the same input."""
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Run(report, manner).as_data()]})


class _Run:
    def __init__(self, report: Report, manner: Manner) -> None:
        self.report = report
        self.manner = manner
        self.language = manner.language
        self.rules = rules_of(report)
        self.index = {rule: at for at, rule in enumerate(self.rules)}
        self.compared = report.baseline is not None

    def as_data(self) -> dict[str, Any]:
        law, path = self.report.law, visible(self.manner.name_file(self.report.loaded.path))
        return {
            "tool": {
                "driver": {
                    "name": "ropa",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "language": self.language,
                    "rules": [_rule(one, self.language) for one in self.rules.values()],
                }
            },
            "automationDetails": {"id": f"ropa/{path}/"},  # several registers of one repository are told apart
            "invocations": [self._invocation()],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
            "language": self.language,
            "columnKind": "unicodeCodePoints",
            "results": [self._result(finding) for finding in self.report.findings],
            "properties": {
                "on": self.report.on.isoformat(),
                "lawVersion": law.version,
                "lawVerifiedThrough": law.verified_through.isoformat(),
                "register": path,
            },
        }

    def _invocation(self) -> dict[str, Any]:
        """Say whether every rule that was asked could answer, and which could not."""
        report = self.report
        return {
            "executionSuccessful": not report.crashes and not report.loaded.problems,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": sarif_text(f"{one.rule}, {one.subject}: {one.error}")},
                    "associatedRule": self._reference(one.rule),
                }
                for one in report.crashes
            ],
            "toolConfigurationNotifications": [
                {
                    "level": "note" if all(one.pack for one in found) else "warning",
                    "message": {"text": sarif_text(f"{why}: {', '.join(one.rule for one in found)}")},
                }
                for why, some in groupby(report.skipped, key=lambda one: translate(one.why, self.language))
                for found in [list(some)]
            ],
        }

    def _reference(self, rule: str) -> dict[str, Any]:
        return {"id": visible(rule), **({"index": self.index[rule]} if rule in self.index else {})}

    def _result(self, finding: Finding) -> dict[str, Any]:
        words = said(finding, self.language)
        result: dict[str, Any] = {
            "ruleId": visible(finding.rule),
            **({"ruleIndex": self.index[finding.rule]} if finding.rule in self.index else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": sarif_text(f"{words.message} {words.fix}")},
            "locations": [
                self._location(finding.place)
                | {
                    "logicalLocations": [
                        _logical(finding.path, "record" if finding.path == finding.subject else "field")
                    ]
                }
            ],
            "partialFingerprints": {"ropa/v1": finding.fingerprint},
            "suppressions": self._suppressions(finding),
            "properties": {"cites": [visible(cited(one, self.language)) for one in finding.cites]},
        }
        if finding.related:
            steps = list(self._steps(finding))
            result["relatedLocations"] = [{"id": at, **step} for at, step in enumerate(steps, 1)]
            if len(finding.trail) == len(steps):
                flow = [{"location": step} for step in steps]
                result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
        if self.compared:
            result["baselineState"] = "unchanged" if finding.known else "new"
        return result

    def _steps(self, finding: Finding) -> Iterable[dict[str, Any]]:
        """Yield the other places that a finding is about: those of its chain, with the records that stand there."""
        aligned = len(finding.trail) == len(finding.related)
        trail = finding.trail if aligned else (finding.path,) * len(finding.related)
        for path, place in zip(trail, finding.related, strict=True):
            yield {
                **self._location(place),
                "logicalLocations": [_logical(path, "record")],
                "message": {"text": sarif_text(path)},
            }

    def _location(self, place: Place) -> dict[str, Any]:
        file = self.manner.file_of(place.file, self.report)
        outside = file.startswith("/")
        artifact = {"uri": f"file://{uri(file)}"} if outside else {"uri": uri(file), "uriBaseId": _ROOT}
        region = {"startLine": place.line, "startColumn": place.column}
        if (place.end_line, place.end_column) >= (place.line, place.column):
            region |= {"endLine": place.end_line, "endColumn": place.end_column}
        return {"physicalLocation": {"artifactLocation": artifact, "region": region}}

    def _suppressions(self, finding: Finding) -> list[dict[str, Any]]:
        """Say that a finding was accepted; nothing, said of each (§3.27.23), that it was not."""
        if finding.waiver is None:
            return []
        return [
            {
                "kind": "external",
                "status": "accepted",
                "justification": visible(accepted(finding.waiver, self.language)),
            }
        ]


def _logical(path: str, kind: str) -> dict[str, str]:
    name = re.split(r"[.\[]", path.rstrip("]"))[-1]
    return {"name": visible(name) or "register", "fullyQualifiedName": visible(path) or "register", "kind": kind}


def _rule(rule: Ruled, language: str) -> dict[str, Any]:
    """Describe a rule: its name in the reader's language, its page without the examples."""
    title = translate(rule.page.name, language)
    prose = _prose(rule.page.body) if rule.ours else sarif_text(rule.page.body)
    full = prose.removeprefix("## What it checks").strip().partition("\n\n")[0].replace("\n", " ")
    return {
        "id": visible(rule.id),
        "name": visible(rule.name),
        "shortDescription": {"text": sarif_text(title)},
        "fullDescription": {"text": full[:_DESCRIPTION] or sarif_text(title)},
        "help": {"text": prose, **({"markdown": prose} if rule.ours else {})},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["GDPR", family_of(rule.id), *(one for one in rule.cites if one.startswith("GDPR"))],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _prose(body: str) -> str:
    """Return a page without its Bad and Good: what they show is for the terminal (`ropa rules ID`)."""
    parts = re.split(r"(?m)^(?=## )", body)
    return "".join(part for part in parts if not part.startswith(("## Bad", "## Good"))).strip() + "\n"
