"""One `dossier build` that tells how long each stage took and how much memory was used until its end.

Usage: python -m tests.timed_build DOSSIER RESULT.json [--without-search]

It does what the command does but for printing. Without search no index is made, whatever makes it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from generator.built import Built, OnStage
from generator.diagnostics import format_diagnostic
from generator.garbage import collect_rarely
from generator.layout import Layout, find_layout
from generator.rebuild import build_if_changed
from generator.resources import TEMPLATES


def main() -> None:
    """Build, and write what was measured."""
    collect_rarely()
    folder, result, *options = sys.argv[1:]
    layout, _ = find_layout(Path(folder), packaged_templates=TEMPLATES)
    assert layout is not None
    begun: list[tuple[str, float, float]] = []

    def begin(stage: str) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun.append((stage, time.perf_counter(), used))

    built = (
        build_without_search(layout, begin)
        if "--without-search" in options
        else build_if_changed(layout, begin)
    )
    begin("end")
    stages = {
        stage: {"seconds": round(ended - start, 3), "memory_mb": round(used * MAXRSS_BYTES / 1e6)}
        for (stage, start, _), (_, ended, used) in pairwise(begun)
    }
    told = {"is_done": built.is_done, "counts": dict(built.counts), "stages": stages}
    severities = [found.severity for found in built.diagnostics]
    told["findings"] = {severity: severities.count(severity) for severity in ("error", "warning", "info")}
    told["errors"] = [format_diagnostic(found) for found in built.diagnostics if found.severity == "error"][
        :20
    ]
    Path(result).write_text(json.dumps(told), encoding="utf-8")
    sys.exit(0 if built.is_done else 1)


def build_without_search(layout: Layout, begin: OnStage) -> Built:
    """Return what was built, always anew: whether anything changed is known of builds with search."""
    # A build that has nothing to do imports neither.
    from generator.build import build_dossier
    from generator.parted.stages import LocalStages

    with patch.object(LocalStages, "index_site", lambda *_: ()):
        return build_dossier(layout, begin)


# The unit of ru_maxrss: kilobytes on Linux, bytes on macOS.
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024

if __name__ == "__main__":
    main()
