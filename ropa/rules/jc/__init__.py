"""Rules of the family JC: joint controllers (Art. 26)."""
