"""PRC07: a processor whose guarantees nobody verified."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party
from ropa.rules.prc import is_processor
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("PRC07", on=Party, severity=Severity.INFO, cites=("GDPR 28(1)",))
def processor_guarantees_unchecked(party: Party, ctx: Context) -> Iterator[Problem]:
    """By the record the guarantees of a processor were not verified, or nobody knows how."""
    if is_processor(party) and party.guarantees in ("none", "unknown"):
        yield Problem.on("guarantees", says=str(party.guarantees), party=ctx.called())
