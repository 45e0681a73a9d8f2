"""A build, unless it would do again what the last one did; then nothing is loaded that only a build needs."""

from __future__ import annotations

from pathlib import Path

from generator.built import PUBLIC_EDITION, Built, EditionChoice, OnStage
from generator.layout import Layout
from generator.unchanged import LastBuild, digest_inputs, read_last_build, write_last_build


def build_if_changed(
    layout: Layout,
    on_stage: OnStage,
    *,
    edition: EditionChoice = PUBLIC_EDITION,
    is_strict: bool = False,
    sources: Path | None = None,
) -> Built:
    """Return what was built, or what the last build said where it would do the same again."""
    options = {"edition": edition.name, "day": edition.day, "strict": str(is_strict)}
    inputs = digest_inputs(layout, options, sources)
    last = read_last_build(layout, inputs)
    if last is not None:
        return Built(counts=last.counts, diagnostics=last.diagnostics, is_done=True)
    # It takes longer to import than to see that nothing has changed.
    from generator.build import build_dossier

    built = build_dossier(layout, on_stage, edition=edition, is_strict=is_strict, sources=sources)
    if built.is_done:
        files = built.counts["written"] + built.counts["unchanged"]
        counts = {**built.counts, "written": 0, "unchanged": files, "removed": 0}
        write_last_build(layout, inputs, LastBuild(counts=counts, diagnostics=built.diagnostics))
    return built
