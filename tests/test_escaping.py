"""What a register says, in the places where formats would obey it."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.reports import escaping
from ropa.source import visible
from ropa.source.visible import FORBIDDEN

ANY = st.text(st.characters())
"""Any text, lone surrogates and controls included."""
NASTY = st.lists(st.sampled_from(["@", "#", "1", "a", "`", "|", "<b>", "](", ":", "::", "##vso[", "%0A", "\n", "\\", "]]>", "&", "/", " ", "www.", "{0}"])).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a | b", r"a \| b"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("[x](http://evil.example)", "\\[x\\](http:\u200b//evil.example)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("ask @team", "ask @\u200bteam"),
        ("mail a@b.example", "mail a@\u200bb.example"),
        ("see #12 and GH-3", "see #\u200b12 and GH-\u200b3"),
        ("see !12, &4, ~bug and %1.0", "see !\u200b12, &amp;\u200b4, \\~\u200bbug and %\u200b1.0"),
        ("[issue:1]", "\\[\u200bissue:1\\]"),
        (":tada: at 12:30", "\\:\u200btada: at 12:30"),
        ("www.evil.example", "www\u200b.evil.example"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("# title", r"\# title"),
        ("/merge", r"\/merge"),
        ("&amp;", "&amp;amp;"),
        ("two\n\n    lines", "two lines"),
        (r"back\slash", r"back\\slash"),
        ("`code`", r"\`code\`"),
        ("red \x1b[31m", r"red \\u001b\[31m"),
        ("", ""),
    ],
)
def test_markdown_shows_what_is_written_and_does_nothing(said: str, shown: str) -> None:
    assert escaping.markdown(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("activities.x", "`activities.x`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a@b|c", "<code>a&#64;&#8203;b&#124;c</code>"),
        ("two\nlines", "`two lines`"),
        ("", ""),
    ],
)
def test_code_is_code_also_in_a_table(said: str, shown: str) -> None:
    assert escaping.code_span(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Write `recipients: none` | or", r"Write `recipients: none` \| or"),
        ("an odd ` one", r"an odd \` one"),
        ("`<b>` @team", "`<b>` @\u200bteam"),
    ],
)
def test_a_sentence_keeps_its_code(said: str, shown: str) -> None:
    assert escaping.prose(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("::error::x", ": :error: :x"),
        (":::error:::", ": : :error: : :"),
        ("##[error]x", "## [error]x"),
        ("##vso[task.complete]", "## vso[task.complete]"),
        ("##teamcity[x]", "## teamcity[x]"),
        ("## a title", "## a title"),
    ],
)
def test_no_runner_finds_a_command(said: str, shown: str) -> None:
    assert visible(said) == shown


def test_each_format_escapes_what_it_would_obey() -> None:
    assert escaping.command_data("100% \n%0A::x") == "100%25 %0A%250A: :x"
    assert escaping.command_property("a,b:c%") == "a%2Cb%3Ac%25"
    assert escaping.sarif_text("[x](y) {0}") == "[x] (y) {{0}}"
    assert escaping.xml_text("a\x00\ufffe[[ATTACHMENT|/etc/passwd]]") == r"a\u0000\ufffe[ [ATTACHMENT|/etc/passwd]]"
    assert escaping.uri("a b/ü\udcff:#?%.yaml") == "a%20b/%C3%BC%FF%3A%23%3F%25.yaml"
    assert json.loads(escaping.json_text({"a": "##[x]\x1b"})) == {"a": "##[x]\x1b"}
    assert "##[" not in escaping.json_text("##[x]")


@pytest.mark.property
@given(ANY | NASTY)
def test_whatever_is_said_stays_on_its_line_and_commands_nobody(text: str) -> None:
    """For all text: one line, nothing forbidden, no command of a runner."""
    for escape in (escaping.markdown, escaping.code_span, escaping.prose, escaping.sarif_text, escaping.xml_text, escaping.command_property):  # fmt: skip
        shown = escape(text)
        assert len(shown.splitlines()) <= 1
        assert not FORBIDDEN.search(shown)
        assert not re.search(r"::|##\w*\[", shown)
    assert len(escaping.command_data(text).splitlines()) <= 1
    assert escaping.json_text(text).isascii()
    assert json.loads(escaping.json_text(text)) == text


@pytest.mark.property
@given(ANY | NASTY)
def test_whatever_is_said_makes_no_element_of_markdown(text: str) -> None:
    """For all text: every character that could format has a backslash, or is an entity, or no longer stands by its word."""
    shown = escaping.markdown(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", shown)
    assert not re.search(r"[`*_\[\]|~^$<>]", bare)
    assert not re.search(r"&(?!amp;|lt;|gt;)", bare)
    assert not re.search(r"[@#!]\w|://|www\.", shown, re.IGNORECASE)
    assert not re.match(r"[-+=#/:]|\d+[.)]", shown)


@pytest.mark.property
@given(st.binary().filter(lambda name: b"\0" not in name))
def test_an_address_gives_back_the_bytes_of_a_name(name: bytes) -> None:
    """For all names of files: percent-encoding (RFC 3986, section 2.1) loses nothing."""
    address = escaping.uri(name.decode("utf-8", "surrogateescape"))
    assert re.fullmatch(r"([\w.~/-]|%[0-9A-F]{2})*", address, re.ASCII)
    assert unquote_to_bytes(address) == name
