"""What was changed after publication: on the pages concerned, on a page of its own, and at former addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.records import Correction
from generator.render.blocks import render_line
from generator.render.corrected import newest_first
from generator.render.escape import NOTHING, Markdown, escape_text
from generator.render.long_lists import KEPT_CORRECTIONS
from generator.render.page import Dossier, Page
from generator.render.pager import view_pager
from generator.render.paths import (
    CORRECTIONS_FEED,
    CORRECTIONS_PAGE,
    corrections_part,
    page_path,
    path_of,
    quoted_path,
    relative_link,
)
from generator.render.planned import PlannedPage
from generator.render.timeline_words import word_dates
from generator.render.views import show_date
from generator.text.ids import annotation_id, correction_id
from generator.text.slugs import slug_fault

# What the page of corrections keeps where they are many.
NEWEST_CORRECTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """An entry; `pages` are links to what it concerns. `id` is "" but on the page of corrections."""

    id: str
    kind: str
    date: str
    pages: Markdown
    what: Markdown
    why: Markdown


def view_corrections(page: Page, slug: str) -> dict[str, object]:
    """Return what `corrected.md.j2` shows: the entries that concern a page or its annotations, the newest first.

    They may name it by a former slug. Of a long list only the newest are shown, with a link to all.
    """
    entries = page.dossier.corrections_of.get(slug, ())
    listed = page.dossier.long_lists.corrections.get(slug)
    shown = entries if listed is None else entries[:KEPT_CORRECTIONS]
    last = "" if listed is None else listed.path_of(len(listed.runs) - 1)
    return {
        "corrections": [view_correction(page, entry) for entry in shown],
        "all_corrections": _link_all(page, len(shown), len(entries), last),
    }


def plan_corrections(dossier: Dossier) -> Iterator[PlannedPage]:
    """Yield the page of all corrections, and where they are many the pages on which each has its place."""
    if not has_corrections(dossier):
        return
    yield PlannedPage(path=CORRECTIONS_PAGE, template="corrections")
    for number in range(len(dossier.correction_parts)):
        yield PlannedPage(path=corrections_part(number), template="corrections-part", part=number)


def corrections_context(page: Page) -> dict[str, object]:
    """Return what `corrections.md.j2` shows: every entry, the newest first; of many only the newest."""
    entries, parts = newest_first(page.dossier.corpus), len(page.dossier.correction_parts)
    shown = entries[:NEWEST_CORRECTIONS] if parts else entries
    return {
        "corrections": [view_correction(page, entry, has_id=True) for entry in shown],
        "all_corrections": _link_all(
            page, len(shown), len(entries), corrections_part(parts - 1) if parts else ""
        ),
        "feed_address": page.address_of(CORRECTIONS_FEED),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def corrections_part_context(page: Page, number: int) -> dict[str, object]:
    """Return what `corrections-part.md.j2` shows: some entries, the oldest first."""
    parts = page.dossier.correction_parts
    return {
        "corrections": [view_correction(page, entry, has_id=True) for entry in parts[number]],
        "dates": word_dates(page.dossier.strings, parts[number][0].date, parts[number][-1].date),
        "number": number + 1,
        "corrections_address": page.address_of(CORRECTIONS_PAGE),
        "pager": view_pager(page, len(parts), lambda at: (str(at + 1), corrections_part(at)), number),
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
        **view_corrections(page, slug),
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


def _link_all(page: Page, shown: int, count: int, path: str) -> Markdown:
    """Return how many of a list are shown, with a link to the page on which it ends; nothing where there is none."""
    if not path:
        return NOTHING
    hint = page.dossier.strings("parts_newest", n=shown)
    words = page.dossier.strings("parts_all_corrections", n=count)
    return Markdown(f"{hint} [{words}]({page.address_of(path)})")


def view_correction(page: Page, entry: Correction, *, has_id: bool = False) -> CorrectionView:
    """Return one entry; `has_id` where it has its place on the page."""
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
