"""Rules of the family PRC: processors (Art. 28)."""

from __future__ import annotations

from datetime import date

from ropa.model import Contract, Party, SubProcessing, known

__all__ = ["binding", "is_processor", "sub_processing"]


def is_processor(party: Party) -> bool:
    """Tell whether a party is recorded as a processor, ours or one behind it."""
    return party.role in ("processor", "sub-processor")


def binding(party: Party, day: date) -> Contract | None:
    """Return the contract that binds a processor on a day, if one is recorded; of none, PRC01 speaks."""
    contract = party.contract
    if not is_processor(party) or not isinstance(contract, Contract):
        return None
    ended = contract.until is not None and contract.until <= day
    later = isinstance(contract.signed, date) and contract.signed > day
    return None if ended or later else contract


def sub_processing(party: Party, day: date) -> SubProcessing | None:
    """Return what the contract that binds a processor on a day says of sub-processors, if that is recorded."""
    contract = binding(party, day)
    terms = contract.sub_processing if contract is not None else None
    return terms if known(terms) else None
