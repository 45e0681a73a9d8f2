"""The network of actors named together: what is drawn, where it stands, and that the tables say the same."""

from __future__ import annotations

import itertools
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render import render_pages
from generator.render.network import Network
from generator.render.network.boxes import Box
from generator.render.network.graph import MAX_DRAWN, STRONGEST_EACH, Actor, choose_pairs
from generator.render.network.labels import make_label, text_width
from generator.render.network.layout import Picture, lay_out, node_box, node_label_box
from generator.render.network.marks import MAX_KINDS, OTHER, line_of, shape_of, size_of
from generator.render.network.neighbourhood import MOST_NEIGHBOURS, lay_out_neighbourhood
from generator.render.network.neighbourhood import WIDTH as NEIGHBOURHOOD_WIDTH
from generator.resources import SITE_OVERRIDES, TEMPLATES
from tests.corpora import stage
from tests.payloads import PAYLOADS

NAMES = (
    "Ann Lee",
    "Committee on Foreign Investment in the United States",
    "Department of the Harbour",
    "Bartholomew-Fotheringay Vandersteen-Okonkwo",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "國家發展和改革委員會對外經濟合作辦公室",
    "اللجنة الوطنية العليا لحقوق الإنسان",
    "ה",
    "W" * 40,
    "  ",
)
DARK = "#181918"
LIGHT = "#fdfcf9"


def make_network(count: int, counts: Mapping[tuple[int, int], int], *, kinds: int = 4) -> Network:
    """Return a network of numbered actors, with these passages by pair."""
    together: dict[str, dict[str, int]] = {}
    named: Counter[str] = Counter()
    for (one, other), passages in sorted(counts.items()):
        for first, second in ((one, other), (other, one)):
            together.setdefault(f"a{first:04}", {})[f"a{second:04}"] = passages
            named[f"a{first:04}"] += passages
    actors = [
        Actor(
            slug=f"a{number:04}",
            name=NAMES[number % len(NAMES)],
            kind=f"kind {number % kinds}",
            passages=named[f"a{number:04}"],
        )
        for number in range(count)
        if named[f"a{number:04}"]
    ]
    actors.sort(key=lambda actor: (-actor.passages, actor.slug))
    return Network(
        actors={actor.slug: actor for actor in actors},
        kinds=tuple(f"kind {number}" for number in range(kinds)),
        together=together,
        pairs=len(counts),
        most_passages=max(named.values(), default=1),
        most_together=max(counts.values(), default=1),
    )


def make_crowd(count: int, seed: int = 1) -> Network:
    """Return a network of that many actors in circles that overlap."""
    chance = random.Random(seed)  # noqa: S311 - the same crowd in every run
    counts: Counter[tuple[int, int]] = Counter()
    for _ in range(count * 5):
        start = chance.randrange(count)
        named = {
            (start + int(chance.expovariate(0.1))) % count for _ in range(chance.choice((2, 2, 3, 4, 6)))
        }
        counts.update(itertools.combinations(sorted(named), 2))
    return make_network(count, counts, kinds=9)


def draw_whole(network: Network) -> Picture:
    """Return the picture of a network, as its page has it."""
    drawn = tuple(network.actors.values())[:MAX_DRAWN]
    return lay_out(network, drawn, choose_pairs(network, [actor.slug for actor in drawn]))


def find_overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Return the nodes whose marks or labels lie over those of another, or outside of the picture."""
    boxes = [(box, node) for node in picture.nodes for box in (node_box(node), node_label_box(node))]
    page = Box(0, 0, picture.width, picture.height)
    outside = [
        (node.actor.name, "outside")
        for box, node in boxes
        if box.left < page.left - 0.5
        or box.right > page.right + 0.5
        or box.top < -0.5
        or box.bottom > page.bottom + 0.5
    ]
    return outside + [
        (one.actor.slug, other.actor.slug)
        for (first, one), (second, other) in itertools.combinations(boxes, 2)
        if one is not other and first.meets(second)
    ]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    count = draw(st.integers(2, 28))
    numbers = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(numbers, numbers, st.integers(1, 40)), min_size=1, max_size=70))
    return make_network(count, {(min(a, b), max(a, b)): passages for a, b, passages in pairs if a != b})


@given(networks())
@settings(max_examples=12, deadline=None)
def test_no_mark_or_label_of_the_picture_lies_over_another(network: Network) -> None:
    if network.actors:
        assert find_overlaps(draw_whole(network)) == []


@given(networks())
@settings(max_examples=12, deadline=None)
def test_no_mark_or_label_of_a_neighbourhood_lies_over_another(network: Network) -> None:
    for slug in network.actors:
        picture = lay_out_neighbourhood(network, slug)
        assert find_overlaps(picture) == []
        assert picture.width == NEIGHBOURHOOD_WIDTH


@given(networks())
@settings(max_examples=40, deadline=None)
def test_lines_join_all_that_can_be_joined_and_keep_each_actors_strongest(network: Network) -> None:
    slugs = list(network.actors)
    pairs, lines = network.pairs_among(slugs), choose_pairs(network, slugs)
    assert set(lines) <= set(pairs)
    assert _parts(slugs, [(line.one, line.other) for line in lines]) == _parts(
        slugs, [(pair.one, pair.other) for pair in pairs]
    )
    for slug in slugs:
        strongest = max(network.together[slug].values())
        own = [line.passages for line in lines if slug in (line.one, line.other)]
        assert max(own) == strongest
        assert len(own) >= min(STRONGEST_EACH, len(network.together[slug]))


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("two", make_network(2, {(0, 1): 1})),
        ("sixty", make_crowd(60)),
        ("six hundred", make_crowd(600)),
        ("a hub", make_network(501, {(0, other): 1 + other % 5 for other in range(1, 501)})),
        ("a ring", make_network(60, {(n, (n + 1) % 60): 2 for n in range(59)} | {(0, 59): 2})),
        ("parts", make_network(60, {(n, n + 1): 3 for n in range(0, 60, 2)})),
        ("all with all", make_network(40, dict.fromkeys(itertools.combinations(range(40), 2), 7))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pictures_of_every_shape_of_network_are_free_of_overlaps(name: str, network: Network) -> None:
    picture = draw_whole(network)
    assert find_overlaps(picture) == [], name
    assert len(picture.nodes) == min(len(network.actors), MAX_DRAWN)
    # Wider than high by much, or the reverse, would be no picture.
    assert picture.height <= 1.6 * 1080


def test_of_a_large_network_the_most_named_are_drawn() -> None:
    network = make_crowd(600)
    drawn = {node.actor.slug for node in draw_whole(network).nodes}
    least = min(network.actors[slug].passages for slug in drawn)
    assert len(drawn) == MAX_DRAWN
    assert all(actor.passages <= least for slug, actor in network.actors.items() if slug not in drawn)


def test_a_network_of_five_thousand_is_drawn_within_seconds() -> None:
    network = make_crowd(5000)
    start = time.perf_counter()
    draw_whole(network)
    # Half a second on an idle machine.
    assert time.perf_counter() - start < 20


@pytest.mark.slow
def test_the_picture_is_the_same_under_every_hash_seed() -> None:
    program = (
        "from tests.unit.test_network import draw_whole, make_crowd\n"
        "print([(n.actor.slug, n.x, n.y, n.side) for n in draw_whole(make_crowd(50)).nodes])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "77")
    }
    assert len(seen) == 1


def test_a_neighbourhood_shows_those_named_most_often_with_the_actor() -> None:
    counts = {(0, other): other for other in range(1, 40)} | {(38, 39): 9, (1, 2): 9}
    picture = lay_out_neighbourhood(make_network(40, counts), "a0000")
    assert [node.actor.slug for node in picture.nodes] == [
        "a0000",
        *(f"a{number:04}" for number in range(39, 39 - MOST_NEIGHBOURS, -1)),
    ]
    assert ("a0038", "a0039", 9) in [(pair.one, pair.other, pair.passages) for pair in picture.pairs]
    assert not any("a0001" in (pair.one, pair.other) for pair in picture.pairs)


def test_kinds_beyond_six_share_a_shape() -> None:
    kinds = [f"kind {number}" for number in range(9)]
    assert [shape_of(kind, kinds) for kind in kinds] == [*range(MAX_KINDS), OTHER, OTHER, OTHER]


def test_more_passages_never_make_a_smaller_mark_or_a_thinner_line() -> None:
    assert [size_of(n, 50) for n in (1, 50)] == [0, 4]
    assert [line_of(n, 50) for n in (1, 50)] == [1, 5]
    for grows in (size_of, line_of):
        steps = [grows(passages, 50) for passages in range(1, 51)]
        assert steps == sorted(steps)


@pytest.mark.parametrize("name", NAMES)
def test_labels_fit_and_only_long_names_are_cut(name: str) -> None:
    label = make_label(name, 12, 124)
    assert all(text_width(line, 12) <= 124 for line in label.lines)
    shown = "".join("".join(label.lines).split())
    whole = "".join(name.split())
    assert label.is_cut is (shown != whole)
    assert whole.startswith(shown.rstrip("…"))


def test_colours_of_kinds_stand_out_from_the_page_in_light_and_dark() -> None:
    styles = (SITE_OVERRIDES / "assets/stylesheets/network.css").read_text(encoding="utf-8")
    colours = re.findall(r"--network-\d: (#[0-9a-f]{6})", styles)
    assert len(colours) == 2 * (MAX_KINDS + 1)
    for number, colour in enumerate(colours):
        page = LIGHT if number <= MAX_KINDS else DARK
        assert _contrast(colour, page) >= 3, (colour, page)


# What the pages say


def test_every_actor_named_with_another_is_in_the_table_with_its_numbers(tmp_path: Path) -> None:
    staged = stage(tmp_path, _crowd_files(130))
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert found == ()
    network = [path for path in pages if path.startswith("network")]
    assert network == ["network.md", "network/2.md"]
    rows = [row for path in network for row in _rows(pages[path], "network-actors")]
    assert {row[0] for row in rows} == {staged.corpus.name_of(slug) for slug in staged.index.co_mentions}
    others = {staged.corpus.name_of(slug): len(other) for slug, other in staged.index.co_mentions.items()}
    assert {row[0]: int(row[3]) for row in rows} == others
    passages = {
        staged.corpus.name_of(slug): sum(named.values())
        for slug, named in staged.index.named_in.items()
        if slug in staged.index.co_mentions
    }
    assert {row[0]: int(row[2]) for row in rows} == passages


def test_pairs_in_the_table_are_the_lines_of_the_picture_with_the_passages_of_the_index(
    tmp_path: Path,
) -> None:
    staged = stage(tmp_path, _crowd_files(40))
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    page = pages["network.md"]
    counted = {
        frozenset((staged.corpus.name_of(slug), staged.corpus.name_of(other))): passages
        for slug, others in staged.index.co_mentions.items()
        for other, passages in others.items()
    }
    rows = _rows(page, "pairs")
    assert rows
    assert all(counted[frozenset(row[:2])] == int(row[2]) for row in rows)
    lines = re.findall(r'<g class="l\d" data-n="(\d+)">(.*?)</g>', page.decode())
    drawn = Counter(int(passages) for passages, paths in lines for _ in re.findall("<path", paths))
    assert drawn == Counter(int(row[2]) for row in rows)


def test_each_actors_page_has_its_neighbourhood_in_the_order_of_its_list(tmp_path: Path) -> None:
    staged = stage(tmp_path, _crowd_files(40))
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    for slug, others in staged.index.co_mentions.items():
        page = pages[f"actors/{slug}.md"].decode()
        linked = re.findall(r"\[<use .*?\]\(([\w-]+)\.md\)", page)
        assert set(linked) <= set(others)
        assert len(linked) == min(len(others), MOST_NEIGHBOURS)
        counts = [others[one] for one in linked]
        assert counts == sorted(counts, reverse=True)
        assert 'class="self"' in page
    alone = [slug for slug in staged.corpus.actors if slug not in staged.index.co_mentions]
    assert alone
    assert all('class="net"' not in pages[f"actors/{slug}.md"].decode() for slug in alone)


def test_a_dossier_without_co_mentions_says_so(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"texts/memo-1962.md": "Nobody is named here.\n", **_nobody()})
    assert not staged.index.co_mentions
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    page = pages["network.md"].decode()
    assert "No two actors are named in the same passage yet." in page
    assert "<svg" not in page
    assert "<table" not in page


def test_markdown_leaves_the_drawing_whole_and_links_it(tmp_path: Path) -> None:
    staged = stage(tmp_path, _crowd_files(40))
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    html = _to_html(pages["network.md"])
    drawing = re.search(r'<svg class="net".*?</svg>', html, re.DOTALL)
    assert drawing is not None
    assert "<p>" not in drawing[0]
    assert "{:" not in drawing[0]
    links = re.findall(r'<a aria-label="([^"]+)" href="actors/([\w-]+)\.md">', drawing[0])
    assert [slug for _, slug in links] == list(dict.fromkeys(slug for _, slug in links))
    for spoken, slug in links:
        record = staged.corpus.actors[slug].record
        count = sum(staged.index.named_in[slug].values())
        assert (
            unescape(spoken)
            == f"{record.name}, {record.kind}, named in {count} passage{'' if count == 1 else 's'}"
        )


def test_names_and_kinds_in_the_drawings_are_inert(tmp_path: Path) -> None:
    payloads = [payload for payload in PAYLOADS if payload.replace("\n", " ").isprintable()]
    assert len(payloads) > 70
    files: dict[str, str | None] = {}
    for number, payload in enumerate(payloads):
        quoted = "'" + payload.replace("'", "''").replace("\n", " ") + "'"
        files[f"actors/evil{number:03}.md"] = (
            f"---\nname: {quoted}\nkind: {quoted}\naliases: [Evil{number:03}]\n---\nNamed.\n"
        )
    named = " ".join(f"Ann Lee met Evil{number:03}.\n\n" * 2 for number in range(len(payloads)))
    staged = stage(tmp_path, {**files, **_nobody(), "texts/memo-1962.md": named.replace(" Ann", "Ann")})
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    shown = 0
    for path in ("network.md", "actors/ann-lee.md", "actors/evil000.md", "actors/evil040.md"):
        html = _to_html(pages[path])
        drawing = re.search(r'<svg class="net".*?</svg>', html, re.DOTALL)
        assert drawing is not None, path
        tags = Counter(re.findall(r"<([^\s/>]+)", drawing[0]))
        assert set(tags) <= {"svg", "defs", "path", "g", "a", "use", "text", "tspan"}
        shown += tags["text"]
        attributes = set(re.findall(r'[\s"]([^\s"=<>]+)="', re.sub(r">[^<]*<", "><", drawing[0])))
        assert attributes <= {
            *(
                "class",
                "width",
                "height",
                "viewBox",
                "role",
                "aria-label",
                "id",
                "d",
                "data-n",
                "href",
                "x",
                "y",
                "dy",
            )
        }
    assert shown > MAX_DRAWN


def _nobody() -> dict[str, str | None]:
    """Return the harbour corpus without what its annotations and records quote from the texts."""
    return {
        "annotations/memo-1962.yml": None,
        "annotations/minutes-1963.yml": None,
        "actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\n---\nNamed.\n",
        "actors/harbour-board.md": "---\nname: Harbour Board\nkind: public body\n---\nNamed.\n",
    }


def _crowd_files(count: int) -> dict[str, str]:
    """Return files of a document that names that many actors beside those of the harbour corpus."""
    chance = random.Random(count)  # noqa: S311 - the same crowd in every run
    kinds = ("person", "company", "public body", "group", "court", "party", "ship", "paper")
    files = {
        f"actors/p{n:03}.md": (
            f"---\nname: Person Number{n:03}\nkind: {kinds[n % 8]}\naliases: [Number{n:03}]\n---\nNamed.\n"
        )
        for n in range(count)
    }
    passages = []
    for _ in range(count * 3):
        start = chance.randrange(count)
        named = sorted(
            {(start + int(chance.expovariate(0.2))) % count for _ in range(chance.choice((1, 2, 3, 4)))}
        )
        passages.append("There were " + " and ".join(f"Number{n:03}" for n in named) + ".")
    files["documents/list.md"] = (
        "---\ntitle: List\ndate: 1964-01-02\nkind: list\nrights: {publish: full}\n---\nA list.\n"
    )
    files["texts/list.md"] = "\n\n".join(passages) + "\n"
    return files


def _rows(page: bytes, name: str) -> list[list[str]]:
    """Return the cells of the rows of a table, as text."""
    html = _to_html(page)
    table = re.search(rf'<table class="sortable {name}">.*?</table>', html, re.DOTALL)
    assert table is not None
    body = table[0].partition("<tbody>")[2]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def _to_html(page: bytes) -> str:
    text = page.decode().split("\n---\n", 1)[1]
    return str(markdown.markdown(text, extensions=["attr_list", "md_in_html", "tables", "toc"]))


def _parts(slugs: Sequence[str], pairs: Sequence[tuple[str, str]]) -> set[frozenset[str]]:
    """Return the actors in parts that pairs join."""
    parts = {slug: {slug} for slug in slugs}
    for one, other in pairs:
        if parts[one] is not parts[other]:
            parts[one] |= parts[other]
            for slug in parts[other]:
                parts[slug] = parts[one]
    return {frozenset(part) for part in parts.values()}


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
