"""From files to a register: read, put together, validate, resolve references; all faults in one run."""

from __future__ import annotations

from ropa.loading.loaded import Loaded, Revision, Sources
from ropa.loading.pipe import load, load_again, load_files, load_found, load_text

__all__ = ["Loaded", "Revision", "Sources", "load", "load_again", "load_files", "load_found", "load_text"]
