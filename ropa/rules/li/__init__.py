"""Rules of the family LI: legitimate interests (Art. 6(1)(f))."""
