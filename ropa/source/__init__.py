"""Text with positions: files to plain values, every value with its place. Knows no GDPR."""

from __future__ import annotations

from ropa.source.disk import beside_on_disk, on_disk, read_file
from ropa.source.document import Document, Path, Place, format_path, parse_path
from ropa.source.fault import FAULTS, Fault
from ropa.source.files import below, beside_in_memory, chosen, decode, in_memory, read_all
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
    "below",
    "beside_in_memory",
    "beside_on_disk",
    "chosen",
    "decode",
    "format_path",
    "in_memory",
    "on_disk",
    "parse_path",
    "read_all",
    "read_file",
    "read_text",
    "visible",
]
