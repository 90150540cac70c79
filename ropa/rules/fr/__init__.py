"""Rules of the family FR: France (Act No 78-17, Public Health Code)."""
