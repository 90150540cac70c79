"""Rules of the family KB: how far the law data can be trusted for this register."""
