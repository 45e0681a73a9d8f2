"""The links of a site's pages on disk, for the next build of the same site."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.disk import replacing
from generator.verify.page_links import PageLinks


def write_links(record: Path, links: Mapping[str, PageLinks]) -> None:
    """Write the links of all pages in one step."""
    import numpy as np

    nothing = np.zeros(0, dtype=np.uint64)
    record.parent.mkdir(parents=True, exist_ok=True)
    with replacing(record) as unfinished, unfinished.open("wb") as stream:
        np.savez(
            stream,
            paths=np.frombuffer("\n".join(links).encode(), dtype=np.uint8),
            # A site with a page that loads something is no site to be kept: the pages recorded load nothing.
            counts=np.array([page.count for page in links.values()], dtype=np.int64),
            anchor_ends=np.cumsum([len(page.anchors) for page in links.values()], dtype=np.int64),
            target_ends=np.cumsum([len(page.targets) for page in links.values()], dtype=np.int64),
            anchors=np.concatenate([nothing, *(page.anchors for page in links.values())]),
            targets=np.concatenate([nothing, *(page.targets for page in links.values())]),
        )


def read_links(record: Path, paths: Collection[str]) -> dict[str, PageLinks]:
    """Return the recorded links of those of the pages `paths` that are recorded; none where the record is damaged."""
    import numpy as np

    wanted = frozenset(paths)
    if not wanted or not record.is_file():
        return {}
    try:
        with record.open("rb") as stream, np.load(stream) as arrays:
            names = arrays["paths"].tobytes().decode().split("\n")
            counts, anchors, targets = arrays["counts"].tolist(), arrays["anchors"], arrays["targets"]
            ends = [arrays[name].tolist() for name in ("anchor_ends", "target_ends")]
        starts = [[0, *some[:-1]] for some in ends]
        return {
            name: PageLinks(
                anchors=anchors[starts[0][n] : ends[0][n]],
                targets=targets[starts[1][n] : ends[1][n]],
                count=counts[n],
            )
            for n, name in enumerate(names)
            if name in wanted
        }
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        return {}
