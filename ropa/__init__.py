"""Records of processing as code: read a GDPR Article 30 register, check it on a day, write its workbook.

>>> import ropa
>>> from datetime import date
>>> loaded = ropa.load("registers/sensus")
>>> report = ropa.check(loaded, on=date(2020, 7, 16))
>>> for finding in report.findings:
...     print(finding.place.file, finding.place.line, finding.rule, finding.message)
"""

from __future__ import annotations

import importlib

from ropa.version import __version__

TYPE_CHECKING = False  # as type checkers know it; importing `typing` would double the time of `ropa --help`

if TYPE_CHECKING:
    from typing import Any

    from ropa.baseline import read_baseline
    from ropa.changes import load_at
    from ropa.checking import Report, check
    from ropa.errors import BaselineError, GitError, LawError, RopaError, RuleError, WorkbookError, WriteError
    from ropa.findings import Acceptance, Finding
    from ropa.graph import Graph
    from ropa.law import Law
    from ropa.loading import Loaded, load, load_text
    from ropa.model import Register
    from ropa.reports import render
    from ropa.rules import Problem, Rule, Severity, catalogue, rule
    from ropa.source import Fault, Place
    from ropa.workbook import Returned, export, export_csv, import_workbook

_HOMES = {
    "Acceptance": "ropa.findings",
    "BaselineError": "ropa.errors",
    "Fault": "ropa.source",
    "Finding": "ropa.findings",
    "GitError": "ropa.errors",
    "Graph": "ropa.graph",
    "Law": "ropa.law",
    "LawError": "ropa.errors",
    "Loaded": "ropa.loading",
    "Place": "ropa.source",
    "Problem": "ropa.rules",
    "Register": "ropa.model",
    "Report": "ropa.checking",
    "Returned": "ropa.workbook",
    "RopaError": "ropa.errors",
    "Rule": "ropa.rules",
    "RuleError": "ropa.errors",
    "Severity": "ropa.rules",
    "WorkbookError": "ropa.errors",
    "WriteError": "ropa.errors",
    "catalogue": "ropa.rules",
    "check": "ropa.checking",
    "export": "ropa.workbook",
    "export_csv": "ropa.workbook",
    "import_workbook": "ropa.workbook",
    "load": "ropa.loading",
    "load_at": "ropa.changes",
    "load_text": "ropa.loading",
    "read_baseline": "ropa.baseline",
    "render": "ropa.reports",
    "rule": "ropa.rules",
}

__all__ = [
    "Acceptance",
    "BaselineError",
    "Fault",
    "Finding",
    "GitError",
    "Graph",
    "Law",
    "LawError",
    "Loaded",
    "Place",
    "Problem",
    "Register",
    "Report",
    "Returned",
    "RopaError",
    "Rule",
    "RuleError",
    "Severity",
    "WorkbookError",
    "WriteError",
    "__version__",
    "catalogue",
    "check",
    "export",
    "export_csv",
    "import_workbook",
    "load",
    "load_at",
    "load_text",
    "read_baseline",
    "render",
    "rule",
]


if not TYPE_CHECKING:  # type checkers see the imports above, and so a name that is mistyped

    def __getattr__(name: str) -> Any:
        """Import a public name from its room when it is first asked for: importing `ropa` does no work."""
        if name in _HOMES:
            return getattr(importlib.import_module(_HOMES[name]), name)
        raise AttributeError(f"module 'ropa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
