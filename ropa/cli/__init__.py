"""The command line: the one room that prints, exits, and reads the clock, the environment and the terminal."""

from __future__ import annotations

from ropa.cli.main import main

__all__ = ["main"]
