"""The picture of one actor's neighbourhood: the actor in the middle, those named with it most often around it.

Made for each actor's page, so it costs little: fixed places on a ring for each number of neighbours. It is narrow
enough for a phone at full size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from generator.render.network.graph import Actor, Network, Pair
from generator.render.network.labels import make_label
from generator.render.network.layout import LETTERS, Node, Picture, node_box, node_label_box
from generator.render.network.marks import size_of
from generator.render.network.sides import Side

MOST_NEIGHBOURS = 12
# Lines among the neighbours.
MOST_TIES = 14
WIDTH = 344
MARGIN = 2
# Three labels side by side.
LABEL_WIDTH = 112
# Larger marks would reach into the next place.
MOST_SIZE = 3
# From row to row where labels have two lines, and what each line more takes.
ROW = 64
LINE = 16
# Places per row for each number of neighbours; -1 is the row of the actor itself, with one at each side, -2 with one
# at its right only.
ROWS: dict[int, tuple[int, ...]] = {
    1: (-2,),
    2: (-1,),
    3: (1, -1),
    4: (1, -1, 1),
    5: (2, -1, 1),
    6: (2, -1, 2),
    7: (3, -1, 2),
    8: (3, -1, 3),
    9: (2, 2, -1, 2, 1),
    10: (2, 2, -1, 2, 2),
    11: (3, 2, -1, 2, 2),
    12: (3, 2, -1, 2, 3),
}
COLUMNS: dict[int, tuple[int, ...]] = {1: (172,), 2: (104, 240), 3: (57, 172, 287)}
OUTER = (57, 287)
# The middle of three stands further out: a ring, not a table.
BULGE = 12
# How far lines among neighbours bend, as a part of the way to the middle and of their length.
BEND_OF_WAY = 0.5
BEND_OF_LENGTH = 0.4
# Lines that come nearer to the middle go by it at this distance.
PASSING = 44


def choose_neighbours(network: Network, slug: str) -> tuple[Actor, ...]:
    """Return the actors named together with one most often; of equals those named least elsewhere, then by slug."""
    together = network.together.get(slug, {})
    others = [network.actors[other] for other in together]
    others.sort(key=lambda other: (-together[other.slug], other.passages, other.slug))
    return tuple(others[:MOST_NEIGHBOURS])


def lay_out_neighbourhood(network: Network, slug: str) -> Picture:
    """Return the picture of an actor and its neighbours, the actor first, then most passages with it first.

    Raises:
        KeyError: the actor is named together with nobody.
    """
    middle = network.actors[slug]
    neighbours = choose_neighbours(network, slug)
    ties = network.pairs_among([other.slug for other in neighbours])[:MOST_TIES]
    sizes = [
        min(size_of(actor.passages, network.most_passages), MOST_SIZE) for actor in (middle, *neighbours)
    ]
    labels = [
        make_label(actor.name, LETTERS[size], LABEL_WIDTH, is_bold=actor is middle)
        for actor, size in zip((middle, *neighbours), sizes, strict=True)
    ]
    row = ROW + LINE * max(max(len(label.lines) for label in labels) - 2, 0)
    own, places = _places(len(neighbours), row)
    where = {slug: own} | dict(zip(_around(neighbours, ties), places, strict=True))
    nodes = [
        Node(actor=actor, x=x, y=y, size=size, label=label, side=side)
        for actor, size, label in zip((middle, *neighbours), sizes, labels, strict=True)
        for x, y, side in [where[actor.slug]]
    ]
    top = min(min(node_box(node).top, node_label_box(node).top) for node in nodes)
    bottom = max(max(node_box(node).bottom, node_label_box(node).bottom) for node in nodes)
    down = MARGIN - int(top)
    return Picture(
        width=WIDTH,
        height=int(bottom) + 1 + down + MARGIN,
        nodes=tuple(replace(node, y=node.y + down) for node in nodes),
        pairs=(*network.pairs_of(slug, [other.slug for other in neighbours]), *ties),
    )


def bend_of(picture: Picture, pair: Pair) -> tuple[int, int] | None:
    """Return where a line between two neighbours bends, towards the middle, so that it passes by those in between.

    One that would pass through the middle goes by it on one side. None for a line to the middle itself.
    """
    middle, *_ = picture.nodes
    ends = [node for node in picture.nodes if node.actor.slug in {pair.one, pair.other}]
    if middle in ends:
        return None
    one, other = ends
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    across, down = other.x - one.x, other.y - one.y
    length = sqrt(across * across + down * down)
    away = sqrt((middle.x - x) ** 2 + (middle.y - y) ** 2)
    if away < PASSING:
        return round(x - down / length * PASSING), round(y + across / length * PASSING)
    bend = min(BEND_OF_WAY * away, BEND_OF_LENGTH * length)
    return round(x + (middle.x - x) / away * bend), round(y + (middle.y - y) / away * bend)


def _places(count: int, height: int) -> tuple[tuple[int, int, Side], list[tuple[int, int, Side]]]:
    """Return the place of the actor itself, and those of its neighbours clockwise from the top left.

    Places lie in rows of this height. Labels above the actor stand above their marks, the others below.
    """
    rows = ROWS[count]
    own_row = next(position for position, row in enumerate(rows) if row < 0)
    upper: list[tuple[int, int, Side]] = []
    right: list[tuple[int, int, Side]] = []
    lower: list[tuple[int, int, Side]] = []
    left: list[tuple[int, int, Side]] = []
    own: tuple[int, int, Side] = (WIDTH // 2, 0, "below")
    for position, row in enumerate(rows):
        y = (position - own_row) * height
        side: Side = "above" if y < 0 else "below"
        if row == -2:
            own = (COLUMNS[2][0], 0, "below")
            right.append((COLUMNS[2][1], 0, "below"))
        elif row == -1 or (row == 2 and 0 < position < len(rows) - 1):
            left.append((OUTER[0], y, side))
            right.append((OUTER[1], y, side))
        else:
            bulge = (BULGE if y > 0 else -BULGE) if row == 3 else 0
            edge = [(x, y + (bulge if x == WIDTH // 2 else 0), side) for x in COLUMNS[row]]
            (upper if y < 0 else lower).extend(edge)
    return own, [*upper, *right, *lower[::-1], *left[::-1]]


def _around(neighbours: Sequence[Actor], ties: Sequence[Pair]) -> list[str]:
    """Return the neighbours in an order in which those named together stand side by side where they can."""
    weights: dict[tuple[str, str], int] = {}
    for pair in ties:
        weights[pair.one, pair.other] = weights[pair.other, pair.one] = pair.passages
    waiting = [actor.slug for actor in neighbours]
    order = [waiting.pop(0)]
    while waiting:
        last = order[-1]
        # The first of the strongest ties; without any, the next in rank.
        best = max(range(len(waiting)), key=lambda at: (weights.get((last, waiting[at]), 0), -at))
        order.append(waiting.pop(best))
    return order
