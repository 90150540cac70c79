"""PRC04: general authorisation of sub-processors without a chance to object."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party
from ropa.rules.prc import sub_processing
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC04", on=Party, severity=Severity.ERROR, cites=("GDPR 28(2)",))
def subprocessor_no_objection(party: Party, ctx: Context) -> Iterator[Problem]:
    """A processor may engage others in general, and the controller is not told of changes or cannot object."""
    terms = sub_processing(party, ctx.day)
    if terms is None or terms.authorisation != "general":
        return
    at = ("contract", "sub_processing", "objection")
    if terms.objection == "no":
        yield Problem.on(*at, says="no", party=ctx.called())
    elif terms.objection == "unknown":
        yield Problem.on(*at, says="unknown", severity=Severity.WARNING, party=ctx.called())
