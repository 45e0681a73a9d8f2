"""Faults of the theme's own HTML that no override of a template can mend without copying its whole frame."""

from __future__ import annotations

import re

# <input class="md-toggle" … type="checkbox" id="__drawer" autocomplete="off">: no checkbox has one.
TOGGLE = re.compile(r'(<input class="md-[a-z]+" [^<>]*?type="(?:checkbox|radio)"[^<>]*?) autocomplete="off"')


def mend_page(page: str) -> str:
    """Return a built page mended; a second run changes nothing."""
    return TOGGLE.sub(r"\1", page)
