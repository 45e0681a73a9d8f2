"""What a page shows of a list that is cut, and the ways to the pages on which it stands in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.model.index import PageBacklinks, Statement
from generator.render.escape import Markdown
from generator.render.long_lists import (
    GROUP_NAMES,
    UNDATED,
    LinkGroup,
    ListHead,
    StatementList,
    kept_statements,
    weigh_statement,
)
from generator.render.page import Page
from generator.text.ids import linking_page_id

GROUP_TITLES = {**GROUP_NAMES, None: "about_pages"}


def link_all_pages(page: Page, listed: ListHead, kind: LinkGroup) -> Markdown:
    """Return a link to the first page of a list of pages that link here."""
    words = page.dossier.strings(
        "parts_all_pages", n=listed.count, group=page.dossier.strings.plain(GROUP_TITLES[kind])
    )
    return Markdown(f"[{words}]({page.address_of(listed.path_of(0))})")


def link_rest(page: Page, listed: ListHead, one: PageBacklinks, shown: int) -> Markdown:
    """Return a link to all sentences of a page that links here, where more than are `shown`; else nothing."""
    contexts = sum(1 for reference in one.references if reference.context is not None)
    if contexts <= shown:
        return Markdown("")
    runs = page.dossier.long_lists.runs_of(listed)
    at = next(at for at, run in runs if any(_is_of_page(held, one) for held in run.items))
    words = page.dossier.strings("more_sentences", n=contexts - shown)
    return Markdown(f"[{words}]({page.address_of(listed.path_of(at), linking_page_id(one.source))})")


def keep_statements(
    page: Page, name: StatementList, statements: Sequence[Statement]
) -> tuple[Sequence[Statement], Markdown]:
    """Return the statements that a page shows of a list, and a link to all of them; no link where that is all."""
    listed = page.dossier.long_lists.statements.get((page.slug, name))
    if listed is None:
        return statements, Markdown("")
    linked, strings = page.dossier.linked, page.dossier.strings
    kept = kept_statements(statements, lambda statement: weigh_statement(linked, statement))
    hint = strings("parts_newest", n=len(kept))
    words = strings("parts_all_statements", n=listed.count)
    dated = [at for at, run in enumerate(listed.runs) if run.first != UNDATED]
    return kept, Markdown(f"{hint} [{words}]({page.address_of(listed.path_of(dated[-1] if dated else 0))})")


def shorten_list(
    page: Page,
    slugs: Sequence[str],
    most: int,
    *,
    link: Callable[[str], Markdown] | None = None,
    address: str = "",
) -> Markdown:
    """Return links to the first `most` of a row of pages, and how many more there are.

    `link` makes a link other than that to a slug's page; `address` is where all of them stand.
    """
    strings = page.dossier.strings
    shown = slugs[:most] if len(slugs) > most + 1 else slugs
    links = [(link or page.link)(slug) for slug in shown]
    if len(shown) < len(slugs):
        more = strings("more", n=len(slugs) - len(shown))
        links.append(Markdown(f"[{more}]({address})") if address else more)
    return strings.join("list_separator", links)


def _is_of_page(one: PageBacklinks, other: PageBacklinks) -> bool:
    """Return whether two of one list are of one page; the home and the about page have no slug."""
    return (one.source, one.role) == (other.source, other.role)
