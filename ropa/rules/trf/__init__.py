"""Rules of the family TRF: transfers to third countries (Art. 44–49)."""
