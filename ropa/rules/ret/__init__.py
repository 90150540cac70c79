"""Rules of the family RET: retention (Art. 5(1)(e))."""
