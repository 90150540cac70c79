"""Rules of the family CON: consent (Art. 4(11), 7)."""

from __future__ import annotations

from ropa.model import Consent, ConsentBasis, known

__all__ = ["consent_of"]


def consent_of(basis: ConsentBasis) -> Consent:
    """Return what the record says of a consent; where it says nothing, a consent of which nothing is stated."""
    return basis.consent if known(basis.consent) else Consent()
