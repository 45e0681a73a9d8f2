"""All that is done to one built page, so that whoever makes pages can finish each as it is made."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.finish.content_policy import insert_policy, policy_of
from generator.finish.page_address import insert_address
from generator.finish.page_head import read_head
from generator.finish.theme_faults import mend_page


def finish_page(
    page: bytes, path: str, shown: str, *, has_policy: bool = True
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a built page finished, and what went wrong; a second run changes nothing.

    `path` is where it stands below the site's root, `shown` names the site in findings. Bytes of the page that are not
    ours to change stay as they are.
    """
    # Odd bytes of a page of the editors' own survive the round trip.
    text = mend_page(page.decode("utf-8", "surrogateescape"))
    head = read_head(text)
    found: tuple[Diagnostic, ...] = ()
    if has_policy:
        policy, found = policy_of(text, f"{shown}/{path}")
        text = insert_policy(text, head.policy, policy)
    # It stands before the policy: the offsets are those of the page as it came.
    return insert_address(text, head, path).encode("utf-8", "surrogateescape"), found
