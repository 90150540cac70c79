"""Rules of the family MKT: direct marketing by electronic mail (ePrivacy Directive Art. 13)."""
