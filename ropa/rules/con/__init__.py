"""Rules of the family CON: consent (Art. 4(11), 7)."""
