"""Rules of the family REP: representatives in the Union (Art. 27)."""

from __future__ import annotations

from ropa.model import Organisation, known
from ropa.rules.rule import Context

__all__ = ["in_union", "may_need_one"]


def in_union(ctx: Context, country: str) -> bool:
    """Tell whether who is established in a country is established in the Union, or in an EEA State, on the day.

    The bridge to the British decisions of 2021 kept data flowing to the United Kingdom and made it
    no Member State again: Art. 27 applied there from 2021-01-01.
    """
    fact = ctx.law.territory(country)
    version = fact.on(ctx.day) if fact is not None else None
    return version is not None and version.value.inside and version.value.status != "bridge"


def may_need_one(organisation: Organisation, ctx: Context) -> bool:
    """Tell whether an organisation is outside the Union, and nothing in the record frees it from Art. 27."""
    return (
        known(organisation.country)
        and not in_union(ctx, organisation.country)
        and organisation.targets_union != "no"
        and organisation.public_authority != "yes"  # Art. 27(2)(b)
        and not known(organisation.representative_exempt)
    )
