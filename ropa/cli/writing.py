"""Writing what a command made: into files whole or not at all, into a pipe or a device as far as it takes it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ropa.errors import WriteError
from ropa.source.saving import put_all

__all__ = ["write_all"]


def write_all(texts: Mapping[str, str]) -> None:
    """Write reports whole or not at all; into a pipe or a device, as far as it takes them. Raises WriteError."""
    # names of files may hold what UTF-8 cannot say
    contents = {file: text.encode("utf-8", "backslashreplace") for file, text in texts.items()}
    streams = {file for file in contents if os.path.exists(file) and not (os.path.isfile(file) or os.path.isdir(file))}  # noqa: PTH110, PTH112, PTH113 - a path may be no path at all
    put_all({file: content for file, content in contents.items() if file not in streams})
    for file in streams:
        try:
            Path(file).write_bytes(contents[file])
        except OSError as error:
            raise WriteError(file, error.strerror or str(error)) from error
