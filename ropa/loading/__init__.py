"""From files to a register: read, put together, validate, resolve references; all faults in one run."""

from __future__ import annotations

from ropa.loading.pipe import Loaded, Sources, load, load_again, load_text

__all__ = ["Loaded", "Sources", "load", "load_again", "load_text"]
