"""Rules of the family DPO: the data protection officer (Art. 37–39)."""
