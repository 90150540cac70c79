"""Rules of the family INF: what data subjects are told (Art. 13, 14)."""

from __future__ import annotations

from ropa.model import Activity

__all__ = ["exempt"]


def exempt(activity: Activity, article: str = "") -> bool:
    """Tell whether an activity claims an exemption (from one article, if named), or falls under Directive (EU) 2016/680.

    Whether the exemption is reasoned is the business of INF04.
    """
    claimed = activity.notice_exemption
    return activity.law_enforcement == "yes" or (
        claimed is not None and (claimed.point == "unknown" or claimed.point.startswith(article))
    )
