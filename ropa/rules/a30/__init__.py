"""Rules of the family A30: the record itself (Art. 30)."""
