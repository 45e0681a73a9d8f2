"""Values ready for templates: statements, backlinks and counts as Markdown with links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from generator.model.corpus import PageKind
from generator.model.index import Context, PageBacklinks, Reference, Statement
from generator.model.linked import TextRole
from generator.model.text import Span
from generator.render.blocks import render_text
from generator.render.claims import RelationView, view_facts, view_relations, word_claim
from generator.render.escape import NOTHING, Markdown, escape_text
from generator.render.languages import language_attributes
from generator.render.long_lists import (
    KEPT_CONTEXTS,
    MAX_CONTEXT_CP,
    FurtherBacklinks,
    choose_strongest,
    kept_references,
)
from generator.render.long_views import link_all_pages, link_rest, shorten_list
from generator.render.page import Page, place_of_correction
from generator.render.paths import ABOUT_PAGE, CORRECTIONS_PAGE, HOME_PAGE
from generator.text.folding import fold_name
from generator.text.ids import annotation_id, linking_page_id

GROUPS: Mapping[PageKind, str] = {
    "document": "documents",
    "issue": "issues",
    "actor": "actors",
    "source": "sources",
}
LEDGER_RELATIONS = frozenset({"speaker", "addressee", "annotated issue"})
# What a page shows at once of a long list; the rest opens on demand.
SHOWN_PAGES = 8
SHOWN_CONTEXTS = 3
# More signatories than these stand as one link to the list of them.
MAX_SPEAKERS = 4
# More others are cut, but for the page of the document where they are named.
MAX_NAMES = 12
# The pages of the dossier's own texts but the introduction, and their names.
OWN_PAGES: Mapping[TextRole | None, tuple[str, str]] = {
    "about": (ABOUT_PAGE, "about_dossier"),
    "correction": (CORRECTIONS_PAGE, "corrections"),
}
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded(Generic[Item]):
    """A list in two parts: what the page shows at once, and what a reader opens."""

    shown: tuple[Item, ...]
    more: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """An annotation as a ledger shows it. `number` counts the annotations of its document from 1.

    `claim` is modality and status in words, `facts` one line of its chain, origin and figures. `more_relations` is a
    link to where relations stand that are not among `relations`.
    """

    id: str
    number: int
    date: str
    speakers: Markdown
    addressees: Markdown
    attribution: str
    quote: str
    language: str
    language_attributes: Markdown
    note: Markdown
    claim: str
    facts: Markdown
    relations: tuple[RelationView, ...]
    more_relations: Markdown
    issues: Markdown
    document: Markdown
    passage: Markdown
    state: str
    state_words: str
    rests_on: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextView:
    """A sentence that makes a link, with a link to the place where it stands."""

    words: Markdown
    place: Markdown
    language_attributes: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklinkView:
    """One page that links here: its name and date, what its record says, and the sentences.

    `rest` is a link to those that this page leaves out. `id` is empty but on a page that lists all.
    """

    page: Markdown
    date: str
    relations: str
    contexts: Folded[ContextView]
    rest: Markdown = NOTHING
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklinkGroup:
    """The backlinks from pages of one kind; `count` is that of the pages.

    `all_pages` is a link to the whole list where `pages` are only those with most to say and the newest.
    """

    title: str
    count: int
    pages: Folded[BacklinkView]
    all_pages: Markdown = NOTHING


def show_date(page: Page, edtf: str) -> str:
    """Return a checked date in words."""
    return page.dossier.strings.date(edtf)


def links_to(page: Page, slugs: Iterable[str]) -> Markdown:
    """Return links to the pages of several slugs, in the order given."""
    return page.dossier.strings.join("list_separator", (page.link(slug) for slug in slugs))


# Each page sorts the same names.
@lru_cache(maxsize=65536)
def name_order(name: str) -> str:
    """Return what names are sorted by: their letters without capitals and accents."""
    return fold_name(name).text


def fold(items: Sequence[Item], limit: int) -> Folded[Item]:
    """Return the first `limit` items as shown and the rest as more; a single item is never folded away."""
    end = len(items) if len(items) <= limit + 1 else limit
    return Folded(shown=tuple(items[:end]), more=tuple(items[end:]))


def view_statement(
    page: Page, statement: Statement, *, has_relations: bool = True, has_relation_notes: bool = True
) -> StatementView:
    """Return a statement as this page shows it; the citations of notes become notes of this page."""
    dossier = page.dossier
    annotation = statement.annotation
    document = dossier.corpus.documents[statement.document].record
    strings = dossier.strings
    own = dossier.corpus.dossier.record.language
    language = document.language or own
    note = dossier.linked.text(statement.document, "annotation", annotation.id)
    speakers = link_speakers(page, statement)
    relations, more_relations = (
        view_relations(page, statement, has_notes=has_relation_notes) if has_relations else ((), NOTHING)
    )
    return StatementView(
        id=annotation_id(annotation.id),
        number=statement.number,
        date=show_date(page, statement.date),
        speakers=speakers,
        addressees=link_addressees(page, statement),
        attribution=annotation.attribution or "",
        quote=" ".join(annotation.quote.split()),
        language=language,
        language_attributes=language_attributes(language, own),
        note=render_text(page, note, has_anchors=False),
        claim=word_claim(page, statement),
        facts=view_facts(page, statement, speakers),
        relations=relations,
        more_relations=more_relations,
        issues=links_to(page, annotation.issues),
        document=page.link(statement.document),
        passage=link_to_passage(page, statement),
        state=statement.state,
        state_words=strings.plain(f"state_{statement.state}"),
        rests_on=_rests_on(page, statement),
    )


def _rests_on(page: Page, statement: Statement) -> Markdown:
    """Return on what a statement rests, where statements of other documents do as well; else nothing."""
    index, strings = page.dossier.index, page.dossier.strings
    slug = index.rests_on.get((statement.document, statement.annotation.id), "")
    origin = index.origins.get(slug)
    if origin is None or len(origin.documents) < 2:
        # What it goes back to stands among its facts.
        return Markdown("")
    return strings(
        "rests_on",
        origin=page.link(slug, "", "origin"),
        statements=strings("rests_on_statements", n=len(origin.statements) - 1),
        documents=strings("rests_on_documents", n=len(origin.documents)),
    )


def link_speakers(page: Page, statement: Statement) -> Markdown:
    """Return links to the speakers; all signatories of a document, if many, are one link to their list."""
    speakers = statement.annotation.speakers
    signatories = page.dossier.corpus.documents[statement.document].record.signatories
    if len(speakers) <= MAX_SPEAKERS or set(speakers) != set(signatories):
        return _link_people(page, statement, speakers)
    strings = page.dossier.strings
    record = page.address(statement.document, "record")
    if page.slug not in speakers:
        return Markdown(f"[{strings('the_signatories', n=len(speakers))}]({record})")
    others = Markdown(f"[{strings('other_signatories', n=len(speakers) - 1)}]({record})")
    return strings("and", first=page.link(page.slug), last=others)


def link_addressees(page: Page, statement: Statement) -> Markdown:
    """Return links to the addressees; all recipients of a document, if many, are one link to their list.

    On the document's own page its recipients are linked above, and named here.
    """
    addressees, corpus = statement.annotation.addressees, page.dossier.corpus
    recipients = corpus.documents[statement.document].record.recipients
    if len(addressees) > MAX_NAMES and set(addressees) == set(recipients):
        words = page.dossier.strings("the_recipients", n=len(addressees))
        return Markdown(f"[{words}]({page.address(statement.document, 'record')})")
    if page.slug != statement.document or not set(addressees) <= set(recipients):
        return _link_people(page, statement, addressees)
    names = (escape_text(corpus.name_of(slug)) for slug in addressees)
    return page.dossier.strings.join("list_separator", names)


def _link_people(page: Page, statement: Statement, slugs: Sequence[str]) -> Markdown:
    """Return links to those who make a statement or are addressed; all of many stand on its document's page alone."""
    if len(slugs) <= MAX_NAMES + 1 or page.slug == statement.document:
        return links_to(page, slugs)
    # Whose page it is stands first among them.
    ordered = sorted(slugs, key=lambda slug: slug != page.slug)
    address = page.address(statement.document, annotation_id(statement.annotation.id))
    return shorten_list(page, ordered, MAX_NAMES, address=address)


def link_to_passage(page: Page, statement: Statement) -> Markdown:
    """Return a link to the annotation on its document's page, by the number of its passage where that is shown."""
    strings, annotation = page.dossier.strings, statement.annotation
    is_full = page.dossier.corpus.documents[statement.document].record.rights.publish == "full"
    is_numbered = statement.passage and is_full
    label = (
        strings.plain("passage_number", number=statement.passage) if is_numbered else strings.plain("passage")
    )
    return page.link(statement.document, label, annotation_id(annotation.id))


def view_backlinks(page: Page, slug: str) -> tuple[BacklinkGroup, ...]:
    """Return the backlinks of a page, grouped by kind of page, in the order of the index."""
    groups: dict[PageKind | None, list[PageBacklinks]] = {}
    for backlinks in page.dossier.index.backlinks.get(slug, ()):
        groups.setdefault(page.dossier.corpus.kind_of(backlinks.source), []).append(backlinks)
    return tuple(_view_group(page, slug, kind, pages) for kind, pages in groups.items())


def _view_group(
    page: Page, slug: str, kind: PageKind | None, pages: Sequence[PageBacklinks]
) -> BacklinkGroup:
    title = page.dossier.strings.plain(GROUPS[kind] if kind else "about_pages")
    listed = page.dossier.long_lists.backlinks.get((slug, kind))
    if listed is None:
        whole = fold([_view_page(page, one, one.references, SHOWN_CONTEXTS) for one in pages], SHOWN_PAGES)
        return BacklinkGroup(title=title, count=len(pages), pages=whole)
    kept = [
        replace(
            _view_page(page, one, kept_references(one), KEPT_CONTEXTS),
            rest=link_rest(page, listed, one, KEPT_CONTEXTS),
        )
        for one in choose_strongest(page.dossier.corpus, pages)
    ]
    return BacklinkGroup(
        title=title,
        count=len(pages),
        pages=fold(kept, len(kept)),
        all_pages=link_all_pages(page, listed, kind),
    )


def view_linking_page(page: Page, backlinks: PageBacklinks) -> BacklinkView:
    """Return what a page says of another, as a page that lists all such shows it: every sentence in sight."""
    view = _view_page(page, backlinks, backlinks.references, len(backlinks.references))
    return replace(
        view, id="" if isinstance(backlinks, FurtherBacklinks) else linking_page_id(backlinks.source)
    )


def view_context(page: Page, reference: Reference) -> ContextView | None:
    """Return the sentence of a reference, or None for a link that a record makes."""
    if reference.context is None:
        return None
    return ContextView(
        words=_highlighted(_shortened(reference.context)),
        place=link_to_place(page, reference),
        language_attributes=language_attributes(
            reference.context.language, page.dossier.corpus.dossier.record.language
        ),
    )


def link_to_source(page: Page, backlinks: PageBacklinks) -> Markdown:
    """Return a link to the page that makes the links: one of a record, the about page or the introduction."""
    if backlinks.source:
        return page.link(backlinks.source)
    path, name = OWN_PAGES.get(backlinks.role, (HOME_PAGE, "introduction"))
    return Markdown(f"[{page.dossier.strings(name)}]({page.address_of(path)})")


def _view_page(
    page: Page, backlinks: PageBacklinks, references: Sequence[Reference], shown: int
) -> BacklinkView:
    """Return what a page says of another by these of its references, `shown` sentences of them at once."""
    corpus = page.dossier.corpus
    source = backlinks.source
    is_document = source in corpus.documents
    strings = page.dossier.strings
    relations = dict.fromkeys(
        strings.plain(f"relation_{r.relation.replace(' ', '_')}")
        for r in backlinks.references
        if r.relation and r.relation not in LEDGER_RELATIONS
    )
    ledger = sum(1 for r in backlinks.references if r.relation in LEDGER_RELATIONS)
    words = list(relations)
    if ledger:
        words.append(strings.plain("annotated_passages", n=ledger))
    contexts = [view_context(page, reference) for reference in references]
    return BacklinkView(
        page=link_to_source(page, backlinks),
        date=show_date(page, corpus.documents[source].record.date) if is_document else "",
        relations=strings.plain("list_separator").join(words),
        contexts=fold([context for context in contexts if context is not None], shown),
    )


def link_to_place(page: Page, reference: Reference) -> Markdown:
    """Return a link to the place where a reference is made, by what stands there."""
    label = page.dossier.strings(f"place_{reference.place}", number=reference.place_number)
    if reference.source:
        return Markdown(f"[{label}]({page.address(reference.source, reference.anchor)}){{: .place }}")
    if reference.role == "correction":
        path = place_of_correction(page.dossier, reference.anchor)
    else:
        path, _ = OWN_PAGES.get(reference.role, (HOME_PAGE, ""))
    return Markdown(f"[{label}]({page.address_of(path, reference.anchor)}){{: .place }}")


def _shortened(context: Context) -> Context:
    """Return a long sentence cut to MAX_CONTEXT_CP around its first hit, with dots where words are left out."""
    if len(context.words) <= MAX_CONTEXT_CP:
        return context
    first = min((hit.start for hit in context.hits), default=0)
    start = max(min(first - MAX_CONTEXT_CP // 4, len(context.words) - MAX_CONTEXT_CP), 0)
    end = start + MAX_CONTEXT_CP
    before, after = "… " if start else "", " …" if end < len(context.words) else ""
    shift = len(before) - start
    return replace(
        context,
        words=before + context.words[start:end] + after,
        hits=tuple(
            Span(start=hit.start + shift, end=min(hit.end, end) + shift)
            for hit in context.hits
            if start <= hit.start < end
        ),
    )


def _highlighted(context: Context) -> Markdown:
    """Return the words with the linking ones marked."""
    pieces: list[str] = []
    position = 0
    for hit in sorted(context.hits):
        pieces.append(escape_text(context.words[position : hit.start], is_line_start=position == 0))
        pieces.append(f"<b>{escape_text(context.words[hit.start : hit.end])}</b>")
        position = hit.end
    pieces.append(escape_text(context.words[position:], is_line_start=position == 0))
    return Markdown("".join(pieces).strip())
