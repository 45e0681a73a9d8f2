"""The page "About this dossier"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import __version__
from generator.model.manifest import MANIFEST
from generator.render.blocks import TextRenderer, render_line
from generator.render.escape import Markdown, escape_code
from generator.render.page import Dossier, Page, open_page
from generator.render.pager import view_pager
from generator.render.pages.gaps import view_gap_counts
from generator.render.pages.holdings import view_holdings
from generator.render.pages.whole import has_whole
from generator.render.paths import ABOUT_PAGE, WHOLE_PAGE
from generator.render.planned import ListedPage, Values
from generator.render.runs import Run, cut_runs

CHECK_BY_TOOL = "dossier verify ."
# The list of outputs is as sha256sum wants it but for its order: a line is "path": "hash".
CHECK_BY_HAND = rf"""
sed -n '/"outputs"/,/}}/s/^ *"\(.*\)": "\([0-9a-f]*\)",*$/\2  \1/p' {MANIFEST} | sha256sum --check --quiet
sha256sum {MANIFEST}
""".strip()

# Documents whose rights stand on the page itself; those of more stand on pages behind it.
MAX_RIGHTS = 100
PART_ROWS = 150
PART_BYTES = 50_000
RIGHTS_BYTES = 400


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
    rights = _cut_rights(dossier)
    states = Counter(statement.state for statement in dossier.index.statements)
    return {
        "title": record.title,
        "editors": dossier.strings.plain("list_separator").join(record.editors),
        "method": _method(page),
        "rights": [] if rights else [_rights_row(page, slug) for slug in dossier.index.chronology],
        "rights_summary": _summarise(page) if rights else [],
        "rights_address": page.address_of(_rights_path(0)) if rights else "",
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


def rights_pages(dossier: Dossier) -> Iterator[ListedPage]:
    """Yield each page of the rights in the documents; none where they are few."""
    runs = _cut_rights(dossier)
    for at in range(len(runs)):
        values = partial(_rights_values, dossier, runs, at)
        yield ListedPage(path=_rights_path(at), template="rights-part", values=values)


def _rights_values(dossier: Dossier, runs: Sequence[Run[str]], at: int) -> Values:
    page = open_page(dossier, _rights_path(at))
    names = [(str(number + 1), _rights_path(number)) for number in range(len(runs))]
    rows = [_rights_row(page, slug) for slug in runs[at].items]
    return {
        "about_address": page.address_of(ABOUT_PAGE, "rights"),
        "number": at + 1,
        "rights": rows,
        "pager": view_pager(page, len(names), names.__getitem__, at),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "has_previews": False,
    }


def _cut_rights(dossier: Dossier) -> tuple[Run[str], ...]:
    """Return the documents by date in pages of their rights; none where these stand on the page itself."""
    slugs = dossier.index.chronology
    if len(slugs) <= MAX_RIGHTS:
        return ()
    weigh = partial(_weigh_rights, dossier)
    return cut_runs(slugs, key=lambda _: "", weigh=weigh, most_weight=PART_BYTES, most_items=PART_ROWS)


def _weigh_rights(dossier: Dossier, slug: str) -> int:
    text = dossier.linked.text(slug, "field", "rights.statement")
    return RIGHTS_BYTES + sum(len(leaf.text.encode()) for leaf in (text.leaves if text else ()))


def _rights_path(at: int) -> str:
    return f"about/rights-{at + 1}.md"


def _summarise(page: Page) -> list[tuple[str, int]]:
    """Return how many documents are published in which way."""
    documents = page.dossier.corpus.documents.values()
    counts = Counter(entry.record.rights.publish for entry in documents)
    return [(page.dossier.strings.plain(f"published_{way}"), counts[way]) for way in sorted(counts)]


def _rights_row(page: Page, slug: str) -> RightsRow:
    record = page.dossier.corpus.documents[slug].record
    return RightsRow(
        link=page.link(slug),
        rights=page.dossier.strings.plain(f"published_{record.rights.publish}"),
        statement=render_line(page, page.dossier.linked.text(slug, "field", "rights.statement")),
        file=record.source.file if record.source else "",
        sha256=record.source.sha256 if record.source else "",
    )
