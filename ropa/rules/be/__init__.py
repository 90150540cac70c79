"""Rules of the family BE: Belgium (Act of 30 July 2018)."""
