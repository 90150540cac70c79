"""COO02: cookies for analytics or tracking on the ground of legitimate interests."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Cookie, known
from ropa.rules.coo import needs_consent, rests_on_interests
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("COO02", on=Cookie, severity=Severity.ERROR, cites=("Directive 2002/58/EC Art. 5(3)", "GDPR 6(1)(f)"))
def cookie_li(cookie: Cookie, ctx: Context) -> Iterator[Problem]:
    """The purposes rest on legitimate interests alone, and a cookie serves them that needs consent."""
    if not needs_consent(cookie) or known(cookie.exempt) or cookie.consent == "no" or not rests_on_interests(ctx):
        return
    facts = {"cookie": ctx.called(), "activity": ctx.called(ctx.path[:2])}
    if cookie.consent == "yes":
        if cookie.kind == "tracking":
            yield Problem(("consent",), {**facts}, "beside", Severity.WARNING)
        return
    sure = cookie.kind == "tracking" and "unknown" not in (cookie.consent, cookie.exempt)
    yield Problem(("consent",), {**facts}, "instead", None if sure else Severity.WARNING)
