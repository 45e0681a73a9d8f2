"""A network as a picture: where each actor, each label and each line stands, in whole units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from generator.render.network.boxes import Box, push_apart
from generator.render.network.graph import Actor, Network, Pair
from generator.render.network.labels import Label, make_label
from generator.render.network.marks import RADII, REACH, size_of
from generator.render.network.sides import Side, choose_sides, label_box
from generator.render.network.stress import place_by_stress

WIDTH = 1080
MARGIN = 6
LABEL_WIDTH = 124
# Letters by step of size; the largest are bold.
LETTERS = (12, 12, 12, 13, 14)
BOLD_FROM = 4
# The part of the picture that marks and labels fill: the more there are, the denser they stand.
LEAST_FILL = 0.22
MOST_FILL = 0.42
HEIGHT_TO_WIDTH = 0.72
BETWEEN_PARTS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor in the picture: its middle, its step of size, and its label beside it."""

    actor: Actor
    x: int
    y: int
    size: int
    label: Label
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Nodes, in the order of the network, and the pairs that have a line."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    pairs: tuple[Pair, ...]


def lay_out(network: Network, actors: Sequence[Actor], pairs: Sequence[Pair]) -> Picture:
    """Return the picture of these actors with these lines, at most `WIDTH` wide and as high as it must be.

    Parts that no line joins stand in rows, the largest first. No two marks or labels meet.
    """
    parts = [_lay_out_part(network, part, pairs) for part in _parts(actors, pairs)]
    nodes: list[Node] = []
    left = top = row_height = right = 0
    for part in parts:
        width, height = _extent(part)
        if left and left + width > WIDTH:
            left, top, row_height = 0, top + row_height + BETWEEN_PARTS, 0
        nodes.extend(_moved(node, left, top) for node in part)
        left += width + BETWEEN_PARTS
        right, row_height = max(right, left - BETWEEN_PARTS), max(row_height, height)
    order = {slug: position for position, slug in enumerate(network.actors)}
    return Picture(
        width=right,
        height=top + row_height,
        nodes=tuple(sorted(nodes, key=lambda node: order[node.actor.slug])),
        pairs=tuple(pairs),
    )


def make_node_label(actor: Actor, size: int, width: float = LABEL_WIDTH) -> Label:
    """Return the label of an actor of this step of size."""
    return make_label(actor.name, LETTERS[size], width, is_bold=size >= BOLD_FROM)


def node_box(node: Node) -> Box:
    """Return the box of a node's mark, around its middle."""
    reach = RADII[node.size] * REACH
    return Box(node.x - reach, node.y - reach, node.x + reach, node.y + reach)


def node_label_box(node: Node) -> Box:
    """Return the box of a node's label."""
    return label_box(node.label, LETTERS[node.size], RADII[node.size], node.side).moved(node.x, node.y)


def _parts(actors: Sequence[Actor], pairs: Sequence[Pair]) -> list[list[Actor]]:
    """Return the actors in parts that lines join, the largest first, then by their first actor."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(actor.slug for actor in actors)
    graph.add_edges_from((pair.one, pair.other) for pair in pairs)
    parts = [[actor for actor in actors if actor.slug in part] for part in nx.connected_components(graph)]
    order = {actor.slug: position for position, actor in enumerate(actors)}
    return sorted(parts, key=lambda part: (-len(part), order[part[0].slug]))


def _lay_out_part(network: Network, actors: Sequence[Actor], pairs: Sequence[Pair]) -> list[Node]:
    slugs = [actor.slug for actor in actors]
    within = set(slugs)
    lines = [pair for pair in pairs if pair.one in within]
    sizes = [size_of(actor.passages, network.most_passages) for actor in actors]
    labels = [make_node_label(actor, size) for actor, size in zip(actors, sizes, strict=True)]
    # Room for the label below the mark; where another side is better and free it moves there in the end.
    boxes = [_whole_box(label, size) for label, size in zip(labels, sizes, strict=True)]
    positions = push_apart(_scaled(place_by_stress(slugs, lines), boxes), boxes, WIDTH - 2 * MARGIN)
    nodes = [
        Node(actor=actor, x=round(x), y=round(y), size=size, label=label, side="below")
        for actor, (x, y), size, label in zip(actors, positions, sizes, labels, strict=True)
    ]
    ends = {node.actor.slug: (node.x, node.y) for node in nodes}
    sides = choose_sides(
        [(node.x, node.y) for node in nodes],
        [RADII[node.size] for node in nodes],
        [(node.label, LETTERS[node.size]) for node in nodes],
        [(ends[pair.one], ends[pair.other]) for pair in lines],
        WIDTH - 2 * MARGIN,
    )
    placed = [
        Node(actor=n.actor, x=n.x, y=n.y, size=n.size, label=n.label, side=side)
        for n, side in zip(nodes, sides, strict=True)
    ]
    left = min(min(node_box(node).left, node_label_box(node).left) for node in placed)
    top = min(min(node_box(node).top, node_label_box(node).top) for node in placed)
    return [_moved(node, MARGIN - int(left), MARGIN - int(top)) for node in placed]


def _whole_box(label: Label, size: int) -> Box:
    reach = RADII[size] * REACH
    below = label_box(label, LETTERS[size], RADII[size], "below")
    return Box(min(-reach, below.left), -reach, max(reach, below.right), below.bottom)


def _scaled(positions: Sequence[tuple[float, float]], boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Return positions stretched so that the boxes fill a fair part of the picture, from 0 on."""
    filled = sum((box.right - box.left) * (box.bottom - box.top) for box in boxes)
    area = filled / min(max(filled / (WIDTH * WIDTH * HEIGHT_TO_WIDTH), LEAST_FILL), MOST_FILL)
    width = min(sqrt(area / HEIGHT_TO_WIDTH), WIDTH - 2 * MARGIN)
    height = area / width
    xs, ys = [x for x, _ in positions], [y for _, y in positions]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    stretch_x = width / wide if wide else 0
    # A row of actors stays a row.
    stretch_y = min(height / high, 2 * stretch_x) if high else 0
    return [((x - min(xs)) * stretch_x, (y - min(ys)) * stretch_y) for x, y in positions]


def _extent(nodes: Sequence[Node]) -> tuple[int, int]:
    """Return width and height of placed nodes, from 0 on, with the margin."""
    right = max(max(node_box(node).right, node_label_box(node).right) for node in nodes)
    bottom = max(max(node_box(node).bottom, node_label_box(node).bottom) for node in nodes)
    return int(right) + MARGIN + 1, int(bottom) + MARGIN + 1


def _moved(node: Node, x: int, y: int) -> Node:
    return Node(
        actor=node.actor, x=node.x + x, y=node.y + y, size=node.size, label=node.label, side=node.side
    )
