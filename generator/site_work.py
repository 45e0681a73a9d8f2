"""The site builder's run over the pages of a dossier, with what it may keep of the site that stands."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.layout import Layout
from generator.page_work import FORMER, MANIFEST, RECORD, REPORT, SHARE, Share, write_share
from generator.site import SiteBuild, build_site, is_closed_config, source_date_epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesMade:
    """What the builder's process told of the pages.

    `finished` need nothing more; `kept` are those of them that are the former site's. `shared` is the digest of what
    all pages are made with, `sources` that of each page's Markdown by the page's path.
    """

    shared: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    finished: Collection[str] = frozenset()
    kept: Collection[str] = frozenset()
    is_shared: bool = False


def make_site(
    layout: Layout, others: Collection[str] | None = None
) -> tuple[SiteBuild, PagesMade, tuple[Diagnostic, ...]]:
    """Return the site built into a new folder, and which of its pages are finished.

    `others` are the pages, by their paths in the docs folder, that are not made here but elsewhere, if that is
    possible: `is_shared` of the answer says so. No page is kept then.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        report = Path(folder, "report.json")
        variables = {REPORT: str(report)}
        # What else has a say in a page, nobody knows: then none is kept.
        if layout.is_config_generated or is_closed_config(layout.config):
            variables |= {
                MANIFEST: str(layout.pages_manifest.absolute()),
                RECORD: str(layout.made_pages.absolute()),
                FORMER: str(layout.site.absolute()),
            }
        if others is not None:
            share = Path(folder, "share.json")
            write_share(Share(others=frozenset(others), makes_frame=True), share)
            variables |= {SHARE: str(share), FORMER: ""}
        built, found = build_site(
            layout.config,
            layout.site,
            epoch=source_date_epoch(layout.root),
            is_strict=True,
            docs=layout.docs if layout.hand_written is not None else None,
            variables=variables,
        )
        told = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else None
    if told is None:
        return built, PagesMade(), found
    made = PagesMade(
        shared=told["shared"],
        sources=told["sources"],
        finished=frozenset(told["finished"]),
        kept=frozenset(told["kept"]),
        is_shared=told["is_shared"],
    )
    return built, made, found
