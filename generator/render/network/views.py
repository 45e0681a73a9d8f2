"""Pictures of the network as pages show them: the drawing, and the legend of its shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.render.escape import Markdown
from generator.render.network.graph import MAX_DRAWN, Actor, Network, Pair, choose_pairs
from generator.render.network.layout import Picture, lay_out
from generator.render.network.marks import OTHER, line_of, shape_of
from generator.render.network.neighbourhood import bend_of, lay_out_neighbourhood
from generator.render.network.svg import DrawnLine, DrawnNode, draw, draw_mark
from generator.render.page import Page

NOTHING = Markdown("")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendItem:
    """A shape with the kind that it stands for, empty for all kinds beyond the others, and how many have it."""

    mark: Markdown
    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView:
    """A drawing with its legend; both empty where nobody is named together. `lines` and `drawn` are what it shows."""

    drawing: Markdown = NOTHING
    legend: tuple[LegendItem, ...] = ()
    drawn: tuple[Actor, ...] = ()
    lines: tuple[Pair, ...] = ()


def view_network(page: Page) -> NetworkView:
    """Return the dossier's network: of a large one, those named most often and the pairs worth a line."""
    network = page.dossier.network
    drawn = tuple(network.actors.values())[:MAX_DRAWN]
    if not drawn:
        return NetworkView()
    pairs = choose_pairs(network, [actor.slug for actor in drawn])
    picture = lay_out(network, drawn, pairs)
    title = page.dossier.strings.plain("network_of_dossier", name=page.dossier.corpus.dossier.record.title)
    return _view(page, picture, title, lambda pair: None)


def view_neighbourhood(page: Page) -> NetworkView:
    """Return the neighbourhood of the actor whose page this is."""
    network = page.dossier.network
    if page.slug not in network.actors:
        return NetworkView()
    picture = lay_out_neighbourhood(network, page.slug)
    title = page.dossier.strings.plain("network_of_actor", name=network.actors[page.slug].name)
    return _view(page, picture, title, lambda pair: bend_of(picture, pair))


def view_legend(network: Network, actors: Sequence[Actor]) -> tuple[LegendItem, ...]:
    """Return the shapes of these actors, those of frequent kinds first."""
    counts = Counter(shape_of(actor.kind, network.kinds) for actor in actors)
    return tuple(
        LegendItem(
            mark=draw_mark(shape),
            kind="" if shape == OTHER else network.kinds[shape],
            count=count,
        )
        for shape, count in sorted(counts.items())
    )


def _view(
    page: Page, picture: Picture, title: str, bend: Callable[[Pair], tuple[int, int] | None]
) -> NetworkView:
    network, strings = page.dossier.network, page.dossier.strings
    nodes = [
        DrawnNode(
            x=node.x,
            y=node.y,
            shape=shape_of(node.actor.kind, network.kinds),
            size=node.size,
            label=node.label,
            side=node.side,
            address="" if node.actor.slug == page.slug else page.address(node.actor.slug),
            spoken=strings.plain(
                "network_spoken", n=node.actor.passages, name=node.actor.name, kind=node.actor.kind
            ),
        )
        for node in picture.nodes
    ]
    at = {node.actor.slug: (node.x, node.y) for node in picture.nodes}
    lines = [
        DrawnLine(
            start=at[pair.one],
            end=at[pair.other],
            passages=pair.passages,
            thickness=line_of(pair.passages, network.most_together),
            bend=bend(pair),
        )
        for pair in picture.pairs
    ]
    actors = tuple(node.actor for node in picture.nodes)
    return NetworkView(
        drawing=draw(picture.width, picture.height, nodes, lines, title),
        legend=view_legend(network, actors),
        drawn=actors,
        lines=picture.pairs,
    )
