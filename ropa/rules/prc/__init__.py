"""Rules of the family PRC: processors (Art. 28)."""
