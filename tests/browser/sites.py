"""Pages of each kind, and a web server for a built site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

# One page of each kind of the default dossier, by kind.
KINDS = {
    "home": "index.html",
    "document in full": "documents/senators-letter-2025.html",
    "document in excerpts": "documents/zte-report-2018.html",
    "actor": "actors/ron-wyden.html",
    "issue": "issues/ai-chip-export-controls.html",
    "source": "bibliography/sevastopulo-hille-2025.html",
    "documents": "documents/index.html",
    "actors": "actors/index.html",
    "issues": "issues/index.html",
    "bibliography": "bibliography/index.html",
    "about": "about.html",
    "timeline": "timeline.html",
    "network": "network.html",
    "search": "search.html",
    "whole": "whole.html",
    "missing": "404.html",
}


def pages_of(site: Path) -> dict[str, str]:
    """Return one page of each kind by the name of the kind, but for those that the site does not have."""
    return {kind: page for kind, page in KINDS.items() if (site / page).is_file()}


class _Handler(SimpleHTTPRequestHandler):
    # As usual web servers do: a connection stays open, and the end of an answer is sent without waiting.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: Any, asked: list[str], **options: Any) -> None:
        self._asked = asked
        super().__init__(*args, **options)

    def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002 (the signature of the base class)
        """Say nothing: remember what was asked for."""
        self._asked.append(self.path)


@contextmanager
def serve(folder: Path, asked: list[str] | None = None) -> Iterator[str]:
    """Serve a folder over HTTP on a free port of this machine, and give its address, which ends in a slash.

    The path of each request is added to `asked`.
    """
    handler = partial(_Handler, directory=str(folder), asked=[] if asked is None else asked)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
