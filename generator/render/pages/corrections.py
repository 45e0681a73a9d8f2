"""What was changed after publication: on the pages concerned, on a page of its own, and at former addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.records import Correction
from generator.render.blocks import render_line
from generator.render.corrected import newest_first
from generator.render.escape import Markdown, escape_text
from generator.render.page import Dossier, Page
from generator.render.paths import (
    CORRECTIONS_FEED,
    page_path,
    path_of,
    quoted_path,
    relative_link,
)
from generator.render.planned import PlannedPage
from generator.render.views import show_date
from generator.text.ids import annotation_id, correction_id
from generator.text.slugs import slug_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """An entry; `pages` are links to what it concerns. `id` is "" but on the page of corrections."""

    id: str
    kind: str
    date: str
    pages: Markdown
    what: Markdown
    why: Markdown


def view_corrections(page: Page, slug: str) -> list[CorrectionView]:
    """Return the entries that concern a page under its present or a former slug, or its annotations."""
    return [_view(page, entry) for entry in page.dossier.corrections_of.get(slug, ())]


def corrections_context(page: Page) -> dict[str, object]:
    """Return what `corrections.md.j2` shows: every entry, the newest first."""
    views = [_view(page, entry, has_id=True) for entry in newest_first(page.dossier.corpus)]
    return {
        "corrections": views,
        "feed_address": page.address_of(CORRECTIONS_FEED),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def plan_former(dossier: Dossier) -> Iterator[PlannedPage]:
    """Yield each page at an address that was left: it leads on, or says why it is gone."""
    corpus = dossier.corpus
    for former, slug in dossier.former_slugs.items():
        kind = corpus.kind_of(slug)
        if kind is not None and slug_fault(former) is None:
            yield PlannedPage(path=page_path(kind, former), template="moved", slug=slug)
    for slug, gone_kind in dossier.withdrawn.items():
        yield PlannedPage(path=page_path(gone_kind, slug), template="withdrawn", slug=slug)


def moved_context(page: Page, slug: str) -> dict[str, object]:
    """Return what `moved.md.j2` shows at a former address of the page of `slug`."""
    target = path_of(page.dossier.corpus, slug)
    return {
        "has_previews": False,
        "moved_to": quoted_path(target.removesuffix(".md")),
        "page": page.link(slug),
    }


def withdrawn_context(page: Page, slug: str) -> dict[str, object]:
    """Return what `withdrawn.md.j2` shows where the page of `slug` stood."""
    return {
        "corrections": view_corrections(page, slug),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def name_of_target(dossier: Dossier, target: str) -> str:
    """Return the words for what an entry names; "" for what this edition does not hold."""
    slug = target.partition("#")[0]
    now = dossier.former_slugs.get(slug, slug)
    if dossier.corpus.kind_of(now) is not None:
        return dossier.corpus.name_of(now)
    return slug if slug in dossier.withdrawn else ""


def _view(page: Page, entry: Correction, *, has_id: bool = False) -> CorrectionView:
    linked, strings = page.dossier.linked, page.dossier.strings
    links = (_link(page, target) for target in entry.targets)
    return CorrectionView(
        id=correction_id(entry.id) if has_id else "",
        kind=entry.kind,
        date=show_date(page, entry.date),
        pages=strings.join("list_separator", dict.fromkeys(link for link in links if link)),
        what=render_line(page, linked.text("", "correction", f"{entry.id}.what")),
        why=render_line(page, linked.text("", "correction", f"{entry.id}.why")),
    )


def _link(page: Page, target: str) -> Markdown:
    """Return a link to the page or annotation that an entry names, "" for one that this edition does not hold."""
    corpus = page.dossier.corpus
    slug, _, annotation = target.partition("#")
    now = page.dossier.former_slugs.get(slug, slug)
    mark = f" <code>{escape_text(annotation)}</code>" if annotation else ""
    if corpus.kind_of(now) is None:
        kind = page.dossier.withdrawn.get(slug)
        if kind is None:
            return Markdown("")
        address = relative_link(page.path, page_path(kind, slug))
        return Markdown(f"[{escape_text(slug)}]({address}){mark}")
    statements = page.dossier.index.of_document.get(now, ())
    is_shown = any(statement.annotation.id == annotation for statement in statements)
    anchor = annotation_id(annotation) if is_shown else ""
    return Markdown(f"{page.link(now, anchor=anchor)}{mark}")


def has_corrections(dossier: Dossier) -> bool:
    """Return whether there is a page of corrections, with its feed."""
    return bool(dossier.corpus.corrections.record)
