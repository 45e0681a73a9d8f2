"""Lets plain `mkdocs build` and `mkdocs serve` finish the site as `dossier build` does."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from generator.diagnostics import format_diagnostic, stops_build
from generator.finish import finish_site

IS_SERVED = {"is": False}
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


def on_startup(*, command: str, **_: Any) -> None:
    """Remember whether MkDocs serves the site: then it puts a script of its own into each page."""
    IS_SERVED["is"] = command == "serve"


def on_post_build(config: Any, **_: Any) -> None:
    """Finish the site, unless `dossier build` is running MkDocs and will do so itself."""
    if os.environ.get("DOSSIER_FINISHES"):
        return
    found = finish_site(Path(config.site_dir), has_policy=not IS_SERVED["is"])
    # MkDocs counts what is logged here: its `--strict` stops at warnings.
    log = logging.getLogger("mkdocs.hooks.dossier")
    for diagnostic in found:
        log.log(LEVELS[diagnostic.severity], format_diagnostic(diagnostic))
    if stops_build(found):
        raise SystemExit(1)
