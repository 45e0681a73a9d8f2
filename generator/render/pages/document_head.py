"""The head of a document's page: what it is, when it was written, through whose hands it came, who is named in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.corpus import PageKind
from generator.model.records import DocumentRecord, ProvenanceStep
from generator.render.blocks import render_line
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.page import Page
from generator.render.views import Folded, fold, links_to, name_order, show_date
from generator.text.dates import parse_date
from generator.text.languages import language_name

# How many of the most named actors, and of the issues, stand at the head of the page.
AT_A_GLANCE = 6
# Enough of a SHA-256 to compare two by eye.
SHORT_HASH = 12
# A date that says no more in EDTF than in words: 2025, 2025-10 or 2025-10-29.
PLAIN_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One hand that a document went through; `stage` says what it is to the chain, empty for those between."""

    stage: str
    who: Markdown
    role: str
    date: str
    edtf: str
    url: str
    note: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedView:
    """An actor or issue named in a document, and in how many of its passages."""

    link: Markdown
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """The document before or after in time."""

    link: Markdown
    date: str


def view_field(page: Page, key: str) -> Markdown:
    """Return a prose field of the page's record as one line."""
    return render_line(page, page.dossier.linked.text(page.slug, "field", key))


def head_context(page: Page, record: DocumentRecord) -> dict[str, object]:
    """Return what the head of the page shows. Prose fields come in the order of the page, so that notes count up."""
    strings = page.dossier.strings
    own_language = page.dossier.corpus.dossier.record.language
    date = parse_date(record.date)
    qualifiers = {"document_approximate": date.is_approximate, "document_uncertain": date.is_uncertain}
    return {
        "title": record.title,
        "kind": record.kind,
        "date": show_date(page, record.date),
        "edtf": record.date,
        "shown_edtf": "" if PLAIN_DATE.fullmatch(record.date) or not date.earliest else record.date,
        "qualifiers": [strings.plain(key) for key, is_meant in qualifiers.items() if is_meant],
        "date_note": view_field(page, "date_note"),
        "language_name": language_name(record.language or own_language, strings.locale),
        "authors": links_to(page, () if record.authors == record.signatories else record.authors),
        "signatories": links_to(page, record.signatories),
        "recipients": links_to(page, record.recipients),
        "publisher": links_to(page, [record.publisher] if record.publisher else []),
        "provenance": _view_provenance(page, record),
        "rights": strings.plain(
            "published_here"
            if page.dossier.corpus.edition.settings.full_texts
            else f"published_{record.rights.publish}"
        ),
        "rights_statement": view_field(page, "rights.statement"),
        "rights_holder": record.rights.holder or "",
        "source": record.source,
        "short_hash": record.source.sha256[:SHORT_HASH] if record.source else "",
        "issues": links_to(page, record.issues),
    }


def view_named(page: Page, kind: PageKind) -> list[NamedView]:
    """Return the actors or issues named in the document, those of most passages first, then by name."""
    corpus = page.dossier.corpus
    named = [
        (count, slug)
        for slug, count in page.dossier.index.names_of.get(page.slug, {}).items()
        if corpus.kind_of(slug) == kind
    ]
    named.sort(key=lambda pair: (-pair[0], name_order(corpus.name_of(pair[1])), pair[1]))
    return [NamedView(link=page.link(slug), passages=count) for count, slug in named]


def at_a_glance(named: list[NamedView]) -> Folded[NamedView]:
    """Return the few most named, and the rest."""
    return fold(named, AT_A_GLANCE)


def view_neighbours(page: Page) -> dict[str, NeighbourView | None]:
    """Return the documents before and after in time."""
    before, after = page.dossier.neighbours_of[page.slug]
    return {
        "earlier": _view_neighbour(page, before, "prev") if before else None,
        "later": _view_neighbour(page, after, "next") if after else None,
    }


def _view_neighbour(page: Page, slug: str, relation: str) -> NeighbourView:
    corpus = page.dossier.corpus
    words = escape_text(corpus.name_of(slug))
    link = Markdown(f'[{words}]({page.address(slug)}){{: .document rel="{relation}" }}')
    return NeighbourView(link=link, date=show_date(page, corpus.documents[slug].record.date))


def _view_provenance(page: Page, record: DocumentRecord) -> list[StepView]:
    strings = page.dossier.strings
    last = len(record.provenance) - 1
    steps: list[StepView] = []
    for index, step in enumerate(record.provenance):
        key = "document_origin" if index == 0 else "document_copy_in_hand" if index == last else ""
        steps.append(_view_step(page, index, step, strings.plain(key) if key else ""))
    return steps


def _view_step(page: Page, index: int, step: ProvenanceStep, stage: str) -> StepView:
    who = page.link(step.actor) if step.actor else escape_text(step.name or "")
    if step.actor and step.name:
        who = page.dossier.strings("in_brackets", words=who, remark=step.name)
    return StepView(
        stage=stage,
        who=who,
        role=step.role or "",
        date=show_date(page, step.date) if step.date else "",
        edtf=step.date or "",
        url=escape_attribute(step.url or ""),
        note=view_field(page, f"provenance.{index}.note"),
    )
