"""REP01: an organisation outside the Union without a representative in it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, Person
from ropa.rules.rep import may_need_one
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Fact


@rule("REP01", on=Organisation, severity=Severity.ERROR, cites=("GDPR 27(1)", "GDPR 27(2)", "GDPR 3(2)"))
def eu_representative_missing(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """The organisation is outside the Union, the GDPR applies to it all the same, and no representative is recorded."""
    if isinstance(organisation.representative, Person) or not may_need_one(organisation, ctx):
        return
    facts: dict[str, Fact] = {"organisation": ctx.called(), "country": str(organisation.country)}
    if organisation.targets_union != "yes":
        yield Problem(("targets_union",), facts, "unset", Severity.WARNING)
        return
    for field in ("representative", "representative_exempt"):
        if getattr(organisation, field) == "unknown":
            yield Problem((field,), facts, "unknown", Severity.WARNING)
            return
    yield Problem(("representative",), facts, "missing")
