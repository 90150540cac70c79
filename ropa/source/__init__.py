"""Text with positions: files to plain values, every value with its place. Knows no GDPR."""

from __future__ import annotations

from ropa.source.document import Document, Path, Place, format_path, parse_path
from ropa.source.fault import FAULTS, Fault
from ropa.source.files import read_file, read_files
from ropa.source.page import Fact, Page, Words
from ropa.source.reader import read_text
from ropa.source.visible import visible

__all__ = [
    "FAULTS",
    "Document",
    "Fact",
    "Fault",
    "Page",
    "Path",
    "Place",
    "Words",
    "format_path",
    "parse_path",
    "read_file",
    "read_files",
    "read_text",
    "visible",
]
