"""TRF15: the clauses of 2021, for an importer to whom the GDPR applies itself."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, carrying


@rule("TRF15", on=Transfer, severity=Severity.INFO, cites=("Implementing Decision (EU) 2021/914 Art. 1(1)",))
def importer_under_gdpr(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses of 2021 are made for importers to whom the GDPR does not apply."""
    for answer in carrying(ctx, Clauses) if transfer.importer_under_gdpr == "yes" else ():
        if answer.state.holds and answer.version is not None and answer.version.value.modules:
            yield about(ctx, answer, "under")
