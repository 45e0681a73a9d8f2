"""Our own scripts are published without the comments and indents that they are written with."""

from __future__ import annotations

from pathlib import Path

from rjsmin import jsmin

FOLDER = "assets/javascripts"


def shrink_scripts(site: Path) -> None:
    """Take comments and needless blanks out of a built site's own scripts; those of the theme are small already.

    Line ends between statements stay, so that an error's place can still be read.
    """
    for path in sorted((site / FOLDER).glob("*.js")):
        if not path.name.endswith(".min.js"):
            written = path.read_text(encoding="utf-8")
            small = jsmin(written)
            if small != written:
                path.write_text(small, encoding="utf-8", newline="")
