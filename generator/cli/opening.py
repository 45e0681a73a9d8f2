"""What most commands open first: the layout of the dossier that PATH names, and the edition asked for."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from generator.built import Built, EditionChoice
from generator.cli.answers import report
from generator.diagnostics import Diagnostic
from generator.layout import Layout, edition_layout, find_layout
from generator.model.edition_names import PUBLIC
from generator.resources import TEMPLATES


def edition_choice(edition: str, day: datetime | None) -> EditionChoice:
    """Return the edition asked for on the day asked for: else that of SOURCE_DATE_EPOCH, else today, in UTC."""
    if day is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        is_set = epoch.isascii() and epoch.isdigit()
        day = datetime.fromtimestamp(int(epoch), UTC) if is_set else datetime.now(UTC)
    return EditionChoice(name=edition, day=day.strftime("%Y-%m-%d"))


def open_layout(
    path: Path, site_dir: Path | None, *, as_json: bool, edition: str = PUBLIC
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Return the dossier's layout with the findings on it; ends the run where it has none."""
    layout, found = find_layout(path, packaged_templates=TEMPLATES, site=site_dir)
    if layout is None:
        report(Built(diagnostics=found), None, as_json=as_json)
        sys.exit(1)
    return (layout if edition == PUBLIC else edition_layout(layout, edition, site_dir)), found
