"""COO01: something is stored on or read from the user's device without consent."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Cookie, known
from ropa.rules.coo import needs_consent, rests_on_interests
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("COO01", on=Cookie, severity=Severity.ERROR, cites=("Directive 2002/58/EC Art. 5(3)",))
def cookie_no_consent(cookie: Cookie, ctx: Context) -> Iterator[Problem]:
    """A cookie does not wait for consent, or is not recorded to, and no exemption is recorded."""
    if cookie.kind in ("technical", "functional") or cookie.consent == "yes" or known(cookie.exempt):
        return
    facts = {"cookie": ctx.called(), "activity": ctx.called(ctx.path[:2])}
    if cookie.consent == "no":
        sure = cookie.exempt == "none" or (needs_consent(cookie) and cookie.exempt is None)
        yield Problem(("consent",), {**facts}, "refused", None if sure else Severity.WARNING)
    elif needs_consent(cookie):
        if not rests_on_interests(ctx):  # of those COO02 speaks
            yield Problem(("consent",), {**facts}, "unset", Severity.WARNING)
    elif "unknown" in (cookie.kind, cookie.consent):
        yield Problem(("consent",), {**facts}, "unset", Severity.WARNING)
