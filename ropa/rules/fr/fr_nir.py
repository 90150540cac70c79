"""FR01: the French national number (NIR) for a purpose that no decree provides for."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import DataCategory, Purpose
from ropa.rules.nid import number_without_law
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement

_ON: tuple[type[Purpose | DataCategory], ...] = (Purpose, DataCategory)
_CITES = ("GDPR 87", "Art. 30 Act No 78-17 (France)", "Decree No 2019-341 (France)")


@rule("FR01", on=_ON, severity=Severity.ERROR, cites=_CITES, pack="FR", unless=for_law_enforcement)
def fr_nir(record: Purpose | DataCategory, ctx: Context) -> Iterator[Problem]:
    """A purpose uses the national number, and no provision is named that allows it for that purpose."""
    yield from number_without_law(record, ctx, "FR")
