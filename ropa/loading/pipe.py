"""The pipe that loads a register."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ropa.collector import paused_collector
from ropa.errors import nearest
from ropa.loading.extensions import refused_extensions
from ropa.loading.loaded import Loaded, Revision, Sources
from ropa.loading.validation import faults_of
from ropa.loading.waived import missing_subjects
from ropa.model import BY_ID, FORMAT, Register
from ropa.model.base import ID_PATTERN
from ropa.model.shape import references, shape_of
from ropa.source import (
    Document,
    Fact,
    Fault,
    Path,
    Place,
    beside_in_memory,
    beside_on_disk,
    format_path,
    in_memory,
    on_disk,
    read_all,
    read_text,
    visible,
)

if TYPE_CHECKING:
    from ropa.source.files import Beside, Found

__all__ = ["load", "load_again", "load_files", "load_found", "load_text"]


def load(path: str | FilePath) -> Loaded:
    """Load a register from its folder, or from a single file.

    Never raises for what the files contain: what is wrong with them is in `problems`.
    """
    path = FilePath(path)
    folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - a path may be no path at all
    return load_found(path.as_posix(), on_disk(path), beside_on_disk(folder))


def load_files(path: str, files: Mapping[str, bytes]) -> Loaded:
    """Load a register from files held in memory, by their names below the folder `path` (`activities/sales.yaml`).

    It is what `load` would make of a folder with these files: the same register, the same problems.
    """
    return load_found(path, in_memory(path, files), beside_in_memory(files))


def load_text(text: str, name: str = "register.yaml") -> Loaded:
    """Load a register from a text, as if it were the only file; for tests and notebooks."""
    with paused_collector():
        document, faults = read_text(text, name)
        return _put_together(Loaded(name), [document] if document else [], faults)


def load_found(path: str, found: Iterable[Found], beside: Beside, revision: Revision | None = None) -> Loaded:
    """Load a register from what a source finds; `beside` reads the JSON Schemas that it names."""
    with paused_collector():
        documents, faults = read_all(found, path)
        return _put_together(Loaded(path, beside=beside, revision=revision), documents, faults)


def load_again(loaded: Loaded, texts: Mapping[str, str | None]) -> Loaded:
    """Return the register as it would be with some of its files changed: new texts by name, None for one that goes."""
    faults: list[Fault] = []
    documents: list[Document] = []
    with paused_collector():
        kept = {document.file: document for document in loaded.sources.documents}
        for name in sorted({**kept, **texts}):
            text = texts.get(name, "")
            if name not in texts:
                documents.append(kept[name])
            elif text is not None:
                document, found = read_text(text, name)
                faults += found
                documents += [document] if document else []
        return _put_together(loaded, documents, faults)


def _put_together(bare: Loaded, documents: list[Document], faults: list[Fault]) -> Loaded:
    """The pipe: sections merged, format known, records valid, references resolved, own fields checked."""
    read = {document.file for document in documents}
    unreadable = any(fault.place.file not in read for fault in faults)
    sources, found = _merge(documents)
    faults = [*faults, *found]
    register: Register | None = None
    unread = _format_faults(sources, unreadable=bool(faults))
    if any(isinstance(document.data, dict) for document in documents) and not unread:
        register, found = _validate(sources)
        found += _dangling(sources, found, unreadable=unreadable)
        found += missing_subjects(sources.merged, sources.place, unreadable=unreadable)
        faults += found
        faults += refused_extensions(sources.merged, bare.beside, sources.place)
    faults += unread
    faults.sort(key=lambda fault: (fault.place, fault.rule))
    return replace(bare, register=None if faults else register, problems=tuple(faults), sources=sources)


def _merge(documents: list[Document]) -> tuple[Sources, list[Fault]]:
    """Put the sections of all files together; the same id twice is a fault with both places."""
    merged: dict[str, Any] = {}
    holders: dict[Path, Document] = {}
    faults: list[Fault] = []
    for document in documents:
        if not isinstance(document.data, dict):
            faults.append(_no_sections(document))
            continue
        for section, content in document.data.items():
            if section == "ropa" and merged.get(section, content) == content:
                merged[section] = content  # each file may say it
                holders.setdefault((section,), document)
            elif section in BY_ID and isinstance(content, dict) and isinstance(merged.get(section, {}), dict):
                kept = merged.setdefault(section, {})
                holders.setdefault((section,), document)
                faults += _put_in(kept, ((section, one) for one in content), content, holders, document)
            elif content is not None:
                faults += _put_in(merged, ((section,),), document.data, holders, document)
    return Sources(tuple(documents), holders, merged), faults


def _put_in(
    kept: dict[str, Any], paths: Iterable[Path], content: dict[str, Any], holders: dict[Path, Document], here: Document
) -> Iterator[Fault]:
    """Put entries with those that other files hold; yield a fault for each that stands there already."""
    for path in paths:
        key = str(path[-1])
        if key in kept:
            yield _twice(path, holders[path], here)
        else:
            kept[key] = content[key]
            holders[path] = here


def _no_sections(document: Document) -> Fault:
    if document.data is None:
        return Fault("SRC11", Place(document.file), "blank")
    found = _LIST if isinstance(document.data, list) else _SINGLE
    return Fault("SRC02", Place(document.file), "shape", {"found": found})


_LIST = {"en": "a list", "nl": "een lijst", "de": "eine Liste", "fr": "une liste"}
_SINGLE = {"en": "a single value", "nl": "een losse waarde", "de": "ein einzelner Wert", "fr": "une valeur isolée"}


def _twice(path: Path, first: Document, second: Document) -> Fault:
    place = first.place(path, key=True)
    facts: dict[str, Fact] = {"key": visible(str(path[-1])), "file": place.file, "line": place.line}
    return Fault("SRC04", second.place(path, key=True), "files", facts, format_path(path), (place,))


def _format_faults(sources: Sources, *, unreadable: bool) -> list[Fault]:
    """Say why a register of an unknown format is not read further.

    Where a file could not be read the header may have stood in it, so its absence is no fault.
    """
    if not any(isinstance(document.data, dict) for document in sources.documents):
        return []
    version = sources.merged.get("ropa")
    if version == FORMAT and not isinstance(version, bool):
        return []
    if version is None:
        if unreadable:
            sources.merged["ropa"] = FORMAT
            return []
        place, says = Place(_header_file(sources)), "missing"
    else:
        place = sources.place(("ropa",))
        newer = isinstance(version, int) and not isinstance(version, bool) and version > FORMAT
        says = "newer" if newer else "broken"
    return [Fault("SRC09", place, says, {"found": visible(str(version)), "known": FORMAT}, "ropa")]


def _header_file(sources: Sources) -> str:
    """Return the file in which one looks for the header: that of the organisation, else the first."""
    holder = sources.holders.get(("controller",)) or sources.holders.get(("processor",)) or sources.documents[0]
    return holder.file


def _validate(sources: Sources) -> tuple[Register | None, list[Fault]]:
    try:
        return Register.model_validate(sources.merged), []
    except ValidationError as error:
        return None, list(faults_of(error, sources.merged, sources.place))


def _dangling(sources: Sources, found: list[Fault], *, unreadable: bool) -> Iterator[Fault]:
    """Find references to records that do not exist, also in records that are otherwise at fault.

    Where a section's own name is mistyped, that fault says it all; where a file could not be read,
    it may hold what others point at, and only what looks mistyped is named.
    """
    mistyped = {
        str(fault.facts.get("suggestion")) for fault in found if fault.rule == "SRC05" and "." not in fault.path
    }
    for path, section, one in references(shape_of(Register), sources.merged):
        there = sources.merged.get(section)
        if (isinstance(there, dict) and one in there) or not re.search(ID_PATTERN, one) or section in mistyped:
            continue  # what is no id at all is reported as a wrong value
        near = nearest(one, list(there)) if isinstance(there, dict) else None
        if unreadable and near is None:
            continue
        facts: dict[str, Fact] = {"id": visible(one), "section": section, "suggestion": near or ""}
        says = "near" if near else "far"
        if one in ("none", "unknown"):
            says, facts["field"] = "stands-alone", str(next(step for step in reversed(path) if isinstance(step, str)))
        yield Fault("SRC08", sources.place(path), says, facts, format_path(path))
    yield from _foreign_purposes(sources)


def _foreign_purposes(sources: Sources) -> Iterator[Fault]:
    """Find recipients that are said to serve a purpose which their activity does not have."""
    activities = sources.merged.get("activities")
    for one, activity in activities.items() if isinstance(activities, dict) else ():
        recipients = activity.get("recipients") if isinstance(activity, dict) else None
        for at, recipient in enumerate(recipients if isinstance(recipients, list) else ()):
            named = recipient.get("purposes") if isinstance(recipient, dict) else None
            there = activity.get("purposes")
            ids = list(there) if isinstance(there, dict) else []
            for number, purpose in enumerate(named if isinstance(named, list) else ()):
                if isinstance(purpose, str) and purpose not in ids:
                    path: Path = ("activities", one, "recipients", at, "purposes", number)
                    near = nearest(purpose, ids)
                    section = visible(f"activities.{one}.purposes")
                    facts: dict[str, Fact] = {"id": visible(purpose), "section": section, "suggestion": near or ""}
                    yield Fault("SRC08", sources.place(path), "near" if near else "far", facts, format_path(path))
