"""Rules of the family LB: the legal basis (Art. 6)."""
