"""Positions of the actors of a connected network: those close in the graph are close in the picture.

Stress majorization (Gansner, Koren and North, "Graph Drawing by Stress Majorization", 2004): each step lowers the sum
of the squared differences between distances in the picture and in the graph, so it ends at rest, and errors of
rounding that differ from machine to machine die out instead of growing, as they do in simulated forces.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

from generator.render.network.graph import Pair

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

STARTS = 8
STEPS = 250
# Positions are rounded to this part of the shortest line, before anything compares them.
GRID = 4096


def place_by_stress(slugs: Sequence[str], pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """Return a position for each actor of a connected network, the longer extent along x, the middle at 0, 0.

    The best of several fixed starts. Quadratic in the actors, for each of some hundred steps.
    """
    # Both take a third of a second to load, which commands that draw nothing need not spend.
    import numpy as np

    if len(slugs) == 1:
        return [(0.0, 0.0)]
    distances = _distances(slugs, pairs)
    weights = 1 / np.maximum(distances, 1e-9) ** 2
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian).astype(np.float64)
    best, least = None, float("inf")
    for seed in range(STARTS):
        chance = Random(seed)  # noqa: S311 - the same starts in every build
        start = np.array([[chance.uniform(-1, 1), chance.uniform(-1, 1)] for _ in slugs])
        found = _majorize(start * distances.max(), distances, weights, inverse)
        stress = round(_stress(found, distances, weights), 4)
        if stress < least:
            best, least = found, stress
    assert best is not None
    return [(round(x * GRID) / GRID, round(y * GRID) / GRID) for x, y in _turned(best)]


def _distances(slugs: Sequence[str], pairs: Sequence[Pair]) -> NDArray[float64]:
    """Return the lengths of the shortest ways from each actor to each."""
    import networkx as nx
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(slugs)
    neighbours: dict[str, set[str]] = {slug: set() for slug in slugs}
    for pair in pairs:
        neighbours[pair.one].add(pair.other)
        neighbours[pair.other].add(pair.one)
    for pair in pairs:
        # Longer between actors who share few others, so that hubs get room (the reference's section 2.2); shorter for
        # many passages. Roots of roots stand for logarithms: every machine computes them alike.
        apart = len(neighbours[pair.one] ^ neighbours[pair.other])
        graph.add_edge(pair.one, pair.other, length=sqrt(apart + 1) / sqrt(sqrt(pair.passages)))
    ways = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    return np.array([[ways[one][other] for other in slugs] for one in slugs])


def _majorize(
    start: NDArray[float64], distances: NDArray[float64], weights: NDArray[float64], inverse: NDArray[float64]
) -> NDArray[float64]:
    import numpy as np

    positions = start
    for _ in range(STEPS):
        apart = np.sqrt(((positions[:, None] - positions[None]) ** 2).sum(axis=2))
        np.fill_diagonal(apart, 1)
        pull = -weights * distances / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        positions = inverse @ (pull @ positions)
    return positions


def _stress(positions: NDArray[float64], distances: NDArray[float64], weights: NDArray[float64]) -> float:
    import numpy as np

    apart = np.sqrt(((positions[:, None] - positions[None]) ** 2).sum(axis=2))
    return float((weights * (apart - distances) ** 2).sum())


def _turned(positions: NDArray[float64]) -> list[tuple[float, float]]:
    """Return positions turned about their middle so that they extend most along x, the first actor at the top left."""
    import numpy as np

    middle = positions - positions.mean(axis=0)
    covariance = middle.T @ middle
    _, axes = np.linalg.eigh(covariance)
    turned = middle @ axes[:, ::-1]
    signs = [-1.0 if turned[0, axis] > 0 else 1.0 for axis in (0, 1)]
    return [(float(x) * signs[0], float(y) * signs[1]) for x, y in turned]
