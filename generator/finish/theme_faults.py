"""Faults of the theme's own HTML that no override of a template can mend without copying its whole frame."""

from __future__ import annotations

import re
from pathlib import Path

# <input class="md-toggle" … type="checkbox" id="__drawer" autocomplete="off">: no checkbox has one.
TOGGLE = re.compile(rb'(<input class="md-[a-z]+" [^<>]*?type="(?:checkbox|radio)"[^<>]*?) autocomplete="off"')


def mend_pages(site: Path) -> None:
    """Mend the pages of a built site; a second run changes nothing."""
    for path in sorted(site.rglob("*.html")):
        content = path.read_bytes()
        mended = TOGGLE.sub(rb"\1", content)
        if mended != content:
            path.write_bytes(mended)
