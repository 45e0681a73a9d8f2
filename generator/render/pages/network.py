"""The pages of the network of actors named together: a picture, and the tables that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.render.escape import Markdown, escape_text
from generator.render.network.graph import MAX_DRAWN, Actor
from generator.render.network.views import NetworkView, view_legend, view_network
from generator.render.page import Dossier, Page
from generator.render.planned import PlannedPage

NETWORK_PAGE = "network.md"
# Rows on each page after the first, which has those of the picture: as many as keep a page light.
MORE_ROWS = 300
# The strongest others that a row names.
NAMED_OTHERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor with whom it is named: how many others, and the most frequent with the passages of each."""

    link: Markdown
    kind: str
    passages: int
    others: int
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two actors and the passages that name both."""

    one: str
    other: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsLink:
    """A link to another page of the table; `address` is empty for the page itself."""

    first: int
    last: int
    address: Markdown


def plan_network(dossier: Dossier) -> Iterator[PlannedPage]:
    """Yield each page: the picture with the first rows, then further rows."""
    for number in range(len(_parts(dossier))):
        template = "network-part" if number else "network"
        yield PlannedPage(path=_path(number), template=template, part=number)


def network_context(page: Page) -> dict[str, object]:
    """Return what `network.md.j2` shows: the picture, and the rows of those in it."""
    network, parts = page.dossier.network, _parts(page.dossier)
    view = view_network(page)
    return {
        "network": view,
        "sentences": _sentences(page.dossier, view),
        "rows": [_row(page, actor) for actor in parts[0]],
        "pairs": [
            PairRow(
                one=network.actors[pair.one].name,
                other=network.actors[pair.other].name,
                passages=pair.passages,
            )
            for pair in view.lines
        ],
        "legend": view_legend(network, parts[0]),
        "most_passages": network.most_passages,
        "parts": _links(page, parts, 0),
        "has_previews": False,
    }


def network_part_context(page: Page, number: int) -> dict[str, object]:
    """Return what `network-part.md.j2` shows: further rows, of the part counted from 0, which is the picture's."""
    parts = _parts(page.dossier)
    part = parts[number]
    return {
        "first": _first(parts, number),
        "last": _first(parts, number) + len(part) - 1,
        "rows": [_row(page, actor) for actor in part],
        "legend": view_legend(page.dossier.network, part),
        "most_passages": max(actor.passages for actor in part),
        "parts": _links(page, parts, number),
        "network_address": page.address_of(NETWORK_PAGE),
        "has_previews": False,
    }


def _parts(dossier: Dossier) -> list[Sequence[Actor]]:
    """Return the rows of each page; the first may be empty."""
    actors = tuple(dossier.network.actors.values())
    rest = range(MAX_DRAWN, len(actors), MORE_ROWS)
    return [actors[:MAX_DRAWN], *(actors[start : start + MORE_ROWS] for start in rest)]


def _path(number: int) -> str:
    return f"network/{number + 1}.md" if number else NETWORK_PAGE


def _first(parts: Sequence[Sequence[Actor]], number: int) -> int:
    return 1 + sum(len(part) for part in parts[:number])


def _links(page: Page, parts: Sequence[Sequence[Actor]], own: int) -> list[RowsLink]:
    """Return links to all pages of the table; none where there is one."""
    if len(parts) == 1:
        return []
    return [
        RowsLink(
            first=_first(parts, number),
            last=_first(parts, number) + len(part) - 1,
            address=Markdown("") if number == own else page.address_of(_path(number)),
        )
        for number, part in enumerate(parts)
    ]


def _row(page: Page, actor: Actor) -> ActorRow:
    dossier = page.dossier
    others = dossier.index.co_mentions[actor.slug]
    most = [
        dossier.strings.plain("in_brackets", words=dossier.corpus.name_of(other), remark=passages)
        for other, passages in islice(others.items(), NAMED_OTHERS)
    ]
    return ActorRow(
        link=Markdown(f"[{escape_text(actor.name)}]({page.address(actor.slug)})"),
        kind=actor.kind,
        passages=actor.passages,
        others=len(others),
        most=str(dossier.strings.plain("list_separator")).join(most),
    )


def _sentences(dossier: Dossier, view: NetworkView) -> list[Markdown]:
    """Return what the picture leaves out, so that nobody takes it for all there is."""
    t, network = dossier.strings, dossier.network
    actors, drawn = len(network.actors), len(view.drawn)
    pairs, lines = network.pairs, len(view.lines)
    sentences = []
    if not actors:
        return [t("network_empty")]
    if drawn < actors:
        sentences.append(t("network_some_actors", n=drawn, all=t("held_actors", n=actors)))
    else:
        sentences.append(t("network_all_actors", n=drawn))
    if lines < pairs:
        sentences.append(t("network_some_lines", n=lines, all=t("network_pairs_count", n=pairs)))
    else:
        sentences.append(t("network_all_lines", n=lines))
    alone = len(dossier.corpus.actors) - actors
    if alone:
        sentences.append(t("network_alone", n=alone))
    return sentences
