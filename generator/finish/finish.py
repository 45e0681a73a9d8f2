"""All steps that follow MkDocs, in order."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic


def finish_site(site: Path, *, has_policy: bool = True) -> tuple[Diagnostic, ...]:
    """Finish the built site in this folder and return what went wrong.

    `has_policy`: write the content policy into each page. A server that puts scripts of its own into pages does without.
    """
    return ()
