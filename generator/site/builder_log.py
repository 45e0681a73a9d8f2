"""What the site builder printed, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error, warning
from generator.model.places import Place

# WARNING -  Doc file 'actors/x.md' contains a link 'gone.md', but the target is not found among documentation files.
RECORD = re.compile(r"(?P<level>[A-Z]+) +-  (?P<message>.*)")
# Doc file 'actors/x.md' contains …
PAGE = re.compile(r"Doc file '(?P<page>[^']+)'")


def read_builder_log(output: str, config_name: str, docs_name: str) -> tuple[Diagnostic, ...]:
    """Return the warnings and errors that MkDocs logged, in its order.

    A page is placed by its path below the folder `docs_name`, everything else in the configuration. Lines that belong
    to no record (a traceback) stay in the output only.
    """
    found = []
    for level, message in _records(output):
        what, _, more = message.partition("\n")
        page = PAGE.search(what)
        place = Place(path=f"{docs_name}/{page['page']}" if page else config_name)
        why = " ".join(more.split())
        if level == "WARNING":
            found.append(warning(place, "site-builder", what, why=why))
        elif level in {"ERROR", "CRITICAL"}:
            found.append(error(place, "site-builder", what, why=why))
    return tuple(found)


def _records(output: str) -> Iterator[tuple[str, str]]:
    """Yield each level and message; indented lines continue the message above."""
    level, lines = "", list[str]()
    for line in output.splitlines():
        record = RECORD.fullmatch(line)
        if record is None and line[:1].isspace() and lines:
            lines.append(line)
            continue
        if lines:
            yield level, "\n".join(lines)
        level, lines = (record["level"], [record["message"]]) if record else ("", [])
    if lines:
        yield level, "\n".join(lines)
