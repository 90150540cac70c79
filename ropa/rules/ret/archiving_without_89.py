"""RET03: data kept longer for archiving, research or statistics without the safeguards of Art. 89(1)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Retention, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule("RET03", on=Retention, severity=Severity.ERROR, cites=("GDPR 5(1)(e)", "GDPR 89(1)"), unless=for_law_enforcement)
def archiving_without_89(retention: Retention, ctx: Context) -> Iterator[Problem]:
    """Data are kept longer for archiving, research or statistics, and no safeguards are recorded."""
    if retention.archiving != "yes" or known(retention.safeguards):
        return
    unknown = retention.safeguards == "unknown"
    yield Problem.on(
        "safeguards",
        says="unknown" if unknown else "missing",
        severity=Severity.WARNING if unknown else None,
        activity=ctx.called(ctx.path[:2]),
    )
