"""All that is done to one built page, so that whoever makes pages can finish each as it is made."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.finish.content_policy import add_policy
from generator.finish.page_address import add_address
from generator.finish.theme_faults import mend_page


def finish_page(
    page: bytes, path: str, shown: str, *, has_policy: bool = True
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a built page finished, and what went wrong; a second run changes nothing.

    `path` is where it stands below the site's root, `shown` names the site in findings.
    """
    # Odd bytes of a page of the editors' own survive the round trip.
    text = page.decode("utf-8", "surrogateescape")
    text = add_address(mend_page(text), path)
    finished = text.encode("utf-8", "surrogateescape")
    return add_policy(finished, f"{shown}/{path}") if has_policy else (finished, ())
