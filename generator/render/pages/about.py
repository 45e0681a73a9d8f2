"""The page "About this dossier"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import __version__
from generator.model.manifest import MANIFEST
from generator.render.blocks import TextRenderer, render_line
from generator.render.escape import Markdown, escape_code
from generator.render.page import Page
from generator.render.pages.gaps import view_gap_counts
from generator.render.pages.holdings import view_holdings
from generator.render.pages.whole import has_whole
from generator.render.paths import WHOLE_PAGE

CHECK_BY_TOOL = "dossier verify ."
# The list of outputs is as sha256sum wants it but for its order: a line is "path": "hash".
CHECK_BY_HAND = rf"""
sed -n '/"outputs"/,/}}/s/^ *"\(.*\)": "\([0-9a-f]*\)",*$/\2  \1/p' {MANIFEST} | sha256sum --check --quiet
sha256sum {MANIFEST}
""".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRow:
    """What is published of a document, and where it comes from."""

    link: Markdown
    rights: str
    statement: Markdown
    file: str
    sha256: str


def about_context(page: Page) -> dict[str, object]:
    """Return what `about.md.j2` shows: method, rights, provenance, gaps and the facts of this build."""
    dossier = page.dossier
    record = dossier.corpus.dossier.record
    states = Counter(statement.state for statement in dossier.index.statements)
    return {
        "title": record.title,
        "editors": dossier.strings.plain("list_separator").join(record.editors),
        "method": _method(page),
        "rights": [_rights_row(page, slug) for slug in dossier.index.chronology],
        "gaps": view_gap_counts(page),
        "states": [
            dossier.strings("counted_state", n=count, state=dossier.strings(f"state_{state}"))
            for state, count in sorted(states.items())
        ],
        "holdings": view_holdings(page),
        "whole": page.address_of(WHOLE_PAGE) if has_whole(dossier) else "",
        "digest": dossier.corpus.digest,
        "version": __version__,
        "citation_style": record.citations.style,
        "manifest": Markdown(f"<code>{MANIFEST}</code>"),
        "check_by_tool": escape_code(CHECK_BY_TOOL),
        "check_by_hand": escape_code(CHECK_BY_HAND),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _method(page: Page) -> Markdown:
    """Return the editors' account of their method, its highest headings below that of the page."""
    text = page.dossier.linked.text("", "about")
    return Markdown("") if text is None else TextRenderer(page, text, top_heading=2).render()


def _rights_row(page: Page, slug: str) -> RightsRow:
    record = page.dossier.corpus.documents[slug].record
    return RightsRow(
        link=page.link(slug),
        rights=page.dossier.strings.plain(f"published_{record.rights.publish}"),
        statement=render_line(page, page.dossier.linked.text(slug, "field", "rights.statement")),
        file=record.source.file if record.source else "",
        sha256=record.source.sha256 if record.source else "",
    )
