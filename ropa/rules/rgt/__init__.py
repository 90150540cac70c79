"""Rules of the family RGT: the rights of data subjects (Art. 7(3), 12–22)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, Consent, ConsentBasis, LegalBasis, Register, in_place, known
from ropa.model.activity import Right
from ropa.rules.rule import Context

__all__ = ["governed", "withdrawable"]


def governed(record: Register | Activity, right: Right, ctx: Context) -> Iterator[tuple[str, Activity]]:
    """Yield the activities in place, with their ids, for which it counts what a record says of a right.

    What the register says counts for each activity that does not speak for itself. Law enforcement
    under Directive (EU) 2016/680 knows other rights and is left out.
    """
    if isinstance(record, Activity):
        found = {ctx.id: record}
    else:
        found = {one: each for one, each in record.activities.items() if right not in (each.rights or ())}
    for one, activity in found.items():
        if in_place(activity, ctx.day) and activity.law_enforcement != "yes":
            yield one, activity


def withdrawable(basis: LegalBasis) -> bool:
    """Tell whether a basis is consent with a recorded way to withdraw it; where there is none, CON02 speaks."""
    consent = basis.consent if isinstance(basis, ConsentBasis) else None
    return isinstance(consent, Consent) and known(consent.withdrawal)
