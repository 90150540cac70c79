"""Rules of the family NID: national identification numbers (Art. 87)."""
