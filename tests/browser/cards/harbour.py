"""The harbour papers with a long document, and what a reader's hands do to it."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import Locator, Page

from tests.browser.conftest import build_site
from tests.corpora import write_corpus

NUMBER_OF_NOTES = 30
PARAGRAPHS = "\n\n".join(
    f"Ann Lee asked the Harbour Board about stone number {n}, as the sea wall needs it.[^{n}] Jo Smith said nothing."
    for n in range(1, NUMBER_OF_NOTES + 1)
)
FOOTNOTES = "\n".join(f'[^{n}]: Ann Lee, "Stone number {n}", p. {n}.' for n in range(1, NUMBER_OF_NOTES + 1))
TABLE = "| Stone | Whose |\n| --- | --- |\n| Granite | Ann Lee |"
LIST = "\n".join(f"- Stone of Ann Lee in a list, number {n}." for n in range(1, 4))
HARMFUL = "<img src=x onerror=window.PWNED=1> & </script><script>window.PWNED=1</script>"
LONG = {
    "documents/long.md": """\
---
title: A long report on stones
short_title: Long report
date: 1964-02~
kind: report
authors: [ann-lee]
publisher: harbour-board
rights: {publish: full, statement: Public record.}
footnotes:
  "1": {cites: [gazette-1961]}
  "2": {cites: [archived-1962]}
---
A report on stones.[@memo-1962#wall-cost] It cites the Gazette.[@gazette-1961, p. 4] And the
minutes.[@minutes-1963#dues] Last, the archive.[@archived-1962] Its own words are plain.[@long#¶2] See also [[müller]]
and [[brève]] and [[harmful]].
""",
    "texts/long.md": f"{PARAGRAPHS}\n\n{LIST}\n\n{TABLE}\n\n{FOOTNOTES}\n",
    "documents/brève.md": """\
---
title: Brève sur le quai
date: 1965-03-01
kind: news report
language: fr
rights: {publish: excerpts, holder: Le Phare}
---
A short report in French.[@brève#prix]
""",
    "texts/brève.md": "Le quai est vieux. Un conseiller dit que le prix du quai a doublé depuis 1961.\n",
    "annotations/brève.yml": """\
- id: prix
  quote: le prix du quai a doublé
  speaker: müller
  addressee: [harbour-board]
""",
    "actors/müller.md": """\
---
name: Jürg Müller
kind: person
roles:
  - {role: Clerk, date: 1950/1955}
  - {role: Harbour master, at: harbour-board, date: 1960/1966}
---
He gave the price to a French paper.[@brève#prix] It was higher.[@brève#prix]
""",
    "actors/harmful.md": "---\n"
    + json.dumps({"name": HARMFUL, "kind": "person"})
    + f"\n---\n{HARMFUL}[@memo-1962]\n",
    "citations.yml": """\
- id: gazette-1961
  type: article-newspaper
  title: The wall that leaks
  author: [{family: Smith, given: Jo}]
  issued: 1961-05-02
- id: archived-1962
  type: webpage
  title: The board on its wall
  issued: 1962-01-05
  URL: https://board.example/wall
  archive_location: https://web.archive.org/web/20050607080910/https://board.example/wall
""",
}
LONG_PAGE = "documents/long.html"
NOTE = ".transcription .footnote-ref"
OPEN = ".card:popover-open"
# The page is told of it later, on a busy machine much later.
SCROLL = """
element => {
  const before = window.scrollY;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  if (window.scrollY !== before)
    return new Promise(resolve => addEventListener("scroll", () => resolve(null), { once: true }));
}
"""
# Where the page last heard of the mouse.
HEAR_MOUSE = """
() => {
  if (!("heardAt" in window))
    addEventListener("pointermove", event => { window.heardAt = [event.clientX, event.clientY]; });
  window.heardAt = null;
}
"""
# What the page shifted since it was loaded, but for what the reader's own input may cause.
SHIFTS = """
() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
})
"""


def build_with(folder: Path, settings: str = "", language: str = "en") -> Path:
    """Return the site of the harbour papers and a long document, with more settings."""
    front_matter = f"title: Harbour Papers\nlanguage: {language}\n{settings}"
    record = f"---\n{front_matter}---\nHow the quay was built: [[memo-1962]].\n"
    write_corpus(folder, {**LONG, "dossier.md": record})
    return build_site(folder).site


def open_stopped(page: Page, site: Path, path: str = LONG_PAGE) -> Page:
    page.clock.install(time=0)
    page.goto((site / path).as_uri())
    page.clock.pause_at(60_000)
    return page


def is_open(page: Page) -> bool:
    return page.locator(OPEN).count() == 1


def rest_on(target: Locator) -> None:
    """Bring an element to the middle of the screen, let scrolling end, and rest the mouse on it."""
    page = target.page
    move_mouse(page, 2, 2)
    target.evaluate(SCROLL)
    page.clock.run_for(1_000)
    move_to(target)


def move_to(target: Locator) -> None:
    box = target.bounding_box()
    assert box is not None
    move_mouse(target.page, box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 8), steps=3)


def move_mouse(page: Page, x: float, y: float, *, steps: int = 1) -> None:
    """Move the mouse, and return when the page has heard of it, which takes a while on a busy machine."""
    page.evaluate(HEAR_MOUSE)
    page.mouse.move(x, y, steps=steps)
    given_up = monotonic() + 3
    while monotonic() < given_up:
        heard = page.evaluate("() => window.heardAt || [-9, -9]")
        if abs(heard[0] - x) <= 1 and abs(heard[1] - y) <= 1:
            return
        sleep(0.02)


def name_link(page: Page) -> Locator:
    return page.locator(".transcription .passage a.actor").first
