"""Rules of the family GRF: what only the whole graph shows."""
