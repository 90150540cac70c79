"""Rules of the family CRI: data on criminal convictions and offences (Art. 10)."""
