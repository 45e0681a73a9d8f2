"""A local server that rebuilds while the corpus is edited."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from generator.build import write_dossier
from generator.diagnostics import Diagnostic
from generator.layout import Layout
from generator.site import MKDOCS

Report = Callable[[Iterable[Diagnostic]], None]
DEBOUNCE_MS = 200


class _CorpusFilter(DefaultFilter):
    """Leaves out what the tool itself writes."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._own = (str(layout.work), str(layout.site), str(layout.docs))

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change calls for new pages."""
        is_own = any(path == folder or path.startswith(folder + os.sep) for folder in self._own)
        return not is_own and super().__call__(change, path)


def serve_dossier(layout: Layout, address: str, report: Report) -> int:
    """Write the pages, run MkDocs's server on them, and write them again at each change. Returns its exit code.

    MkDocs rebuilds and reloads the browser when the pages change. A corpus with errors leaves the last good pages.
    """
    written = write_dossier(layout, lambda stage: None)
    report(written.diagnostics)
    if not written.is_done:
        return 1
    if not _is_free(address):
        raise OSError(errno.EADDRINUSE, f"{address} is in use; name another with --address")
    server = subprocess.Popen(
        [*MKDOCS, "serve", "--livereload", "--dev-addr", address, "--config-file", layout.config.name],
        cwd=layout.config.parent,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    stop = threading.Event()
    threading.Thread(target=_stop_with, args=(server, stop), daemon=True).start()
    try:
        for _ in watch(
            *_watched(layout), watch_filter=_CorpusFilter(layout), debounce=DEBOUNCE_MS, stop_event=stop
        ):
            report(write_dossier(layout, lambda stage: None).diagnostics)
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()
    return server.returncode


def _is_free(address: str) -> bool:
    """Return whether one can listen at HOST:PORT."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_server((host, int(port))):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _watched(layout: Layout) -> list[Path]:
    return [folder for folder in (layout.corpus, *layout.templates) if folder.is_dir()]


def _stop_with(server: subprocess.Popen[bytes], stop: threading.Event) -> None:
    server.wait()
    stop.set()
