"""Rules of the family ADM: decisions by automated means alone (Art. 22)."""
