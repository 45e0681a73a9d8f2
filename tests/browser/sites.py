"""Pages of each kind, and a web server for a built site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder over HTTP on a free port of this machine, and give its address, which ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
