"""The home page: in one screen what the dossier is, its storyline and where to start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.render.blocks import render_text
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.pages.gaps import has_gaps
from generator.render.pages.holdings import count_holdings, view_holdings
from generator.render.pages.indexes import top_actors, top_issues
from generator.render.paths import GAPS_PAGE
from generator.render.views import show_date
from generator.text.dates import FIRST_DAY, LAST_DAY, DossierDate, parse_date
from generator.text.sentences import find_sentences

TOP_ACTORS = 8
TOP_ISSUES = 8
TOP_DOCUMENTS = 8
# Two sentences tell what a document is, unless the second is a long one.
MAX_OPENING_CP = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineItem:
    """A document as a step of the dossier's story; `opening` is the first whole sentences of its digest."""

    link: Markdown
    title: str
    date: str
    kind: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """One who speaks: the years of the statements ("2018–2025", empty: unknown), and the number of their documents."""

    link: Markdown
    years: str
    documents: int


def home_context(page: Page) -> dict[str, object]:
    """Return what `home.md.j2` shows: what the dossier is, its documents as a story, and where to start.

    Of long lists it holds the weightiest: documents and issues by annotated passages, speakers by the documents in
    which they speak. Where nobody speaks, the actors named in most passages take their place.
    """
    dossier = page.dossier
    record = dossier.corpus.dossier.record
    return {
        "title": record.title,
        "subtitle": record.subtitle or "",
        "lead": record.description or "",
        "description": record.description or record.subtitle or record.title,
        "introduction": render_text(page, dossier.linked.text("", "introduction")),
        "storyline": [_storyline_item(page, slug) for slug in _main_documents(page)],
        "issues": top_issues(page, TOP_ISSUES),
        "speakers": [_view_speaker(page, slug) for slug in _main_speakers(page)],
        "actors": top_actors(page, TOP_ACTORS),
        "counts": count_holdings(page),
        "holdings": [*view_holdings(page), *_link_gaps(page)],
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _link_gaps(page: Page) -> list[Markdown]:
    """Return a link to the page of gaps, nothing where there are none."""
    if not has_gaps(page.dossier):
        return []
    return [Markdown(f"[{page.dossier.strings('known_gaps')}]({page.address_of(GAPS_PAGE)})")]


def _main_speakers(page: Page) -> list[str]:
    """Return those who speak in most documents, then those with most statements, first to last.

    A statement of many counts for each by its share, so that the signatories of one letter do not fill the list.
    """
    weights = {}
    for slug, statements in page.dossier.index.said_by.items():
        documents = {statement.document for statement in statements}
        share = sum(Fraction(1, len(statement.annotation.speakers)) for statement in statements)
        weights[slug] = (-len(documents), -share, page.dossier.corpus.name_of(slug).casefold(), slug)
    return sorted(weights, key=lambda slug: weights[slug])[:TOP_ACTORS]


def _view_speaker(page: Page, slug: str) -> SpeakerRow:
    statements = page.dossier.index.said_by[slug]
    dates = [parse_date(statement.date) for statement in statements]
    years = [year for date in dates for year in (date.earliest[:4], date.latest[:4]) if _is_known(date)]
    first, last = (min(years), max(years)) if years else ("", "")
    return SpeakerRow(
        link=page.link(slug),
        years=first if first == last else f"{first}–{last}",
        documents=len({statement.document for statement in statements}),
    )


def _is_known(date: DossierDate) -> bool:
    """Return whether both ends of a date are known."""
    return date.earliest > FIRST_DAY and date.latest < LAST_DAY


def _main_documents(page: Page) -> Sequence[str]:
    """Return the documents with most annotated passages, by date; all where they are few."""
    chronology = page.dossier.index.chronology
    annotated = Counter(statement.document for statement in page.dossier.index.statements)
    main = set(sorted(chronology, key=lambda slug: -annotated[slug])[:TOP_DOCUMENTS])
    return [slug for slug in chronology if slug in main]


def _storyline_item(page: Page, slug: str) -> StorylineItem:
    record = page.dossier.corpus.documents[slug].record
    return StorylineItem(
        link=page.link(slug, record.title),
        title=record.title,
        date=show_date(page, record.date),
        kind=record.kind,
        opening=_opening(page, slug),
    )


def _opening(page: Page, slug: str) -> str:
    """Return the first sentence of a document's digest, and the second if both are short; may be empty."""
    digest = page.dossier.linked.text(slug, "digest")
    first = next((leaf.text for leaf in digest.leaves if leaf.kind == "paragraph"), "") if digest else ""
    sentences = find_sentences(first, digest.language) if digest else ()
    if not sentences:
        return ""
    is_short = len(sentences) > 1 and sentences[1].end <= MAX_OPENING_CP
    return first[sentences[0].start : sentences[1 if is_short else 0].end]
