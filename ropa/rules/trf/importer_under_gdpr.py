"""TRF15: the clauses of 2021, for an importer to whom the GDPR applies itself."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF15", on=Transfer, severity=Severity.INFO, cites=("Implementing Decision (EU) 2021/914 Art. 1(1)",))
def importer_under_gdpr(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses of 2021 are made for importers to whom the GDPR does not apply."""
    answer = ground(ctx, Clauses)
    if answer is None or not answer.state.holds or transfer.importer_under_gdpr != "yes":
        return
    if answer.version is not None and answer.version.value.modules:
        yield about(ctx, answer, "under")
