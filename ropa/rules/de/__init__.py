"""Rules of the family DE: Germany (BDSG)."""
