"""Cards in Firefox, from a folder on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.cards.harbour import LONG_PAGE
from tests.browser.firefox import WITH_MOUSE, Firefox, open_firefox

IS_OPEN = "!!document.querySelector('.card:popover-open')"
IS_CLOSED = "!document.querySelector('.card:popover-open')"
NTH_MARK = "document.querySelectorAll('.transcription .footnote-ref')[{}]"


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    with open_firefox(WITH_MOUSE) as running:
        yield running


@pytest.fixture
def opened(firefox: Firefox, harbour: Path) -> Firefox:
    """The long document in a wide window."""
    firefox.resize(1280, 900)
    firefox.goto((harbour / LONG_PAGE).as_uri())
    return firefox


def center(firefox: Firefox, element: str) -> tuple[int, int]:
    """Return the middle of an element on the screen, after bringing it to the middle of the screen."""
    firefox.evaluate(f"{element}.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
    firefox.wait_for("new Promise(resolve => setTimeout(() => resolve(true), 300))")
    x, y = firefox.evaluate(
        f"(r => [r.left + r.width / 2, r.top + r.height / 2])({element}.getBoundingClientRect())"
    )
    return round(x), round(y)


def point_at(firefox: Firefox, x: int, y: int, *, is_click: bool = False) -> None:
    moves = [{"type": "pointerMove", "x": x - 3, "y": y}, {"type": "pointerMove", "x": x, "y": y}]
    press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}] if is_click else []
    source = {
        "type": "pointer",
        "id": "mouse",
        "parameters": {"pointerType": "mouse"},
        "actions": moves + press,
    }
    firefox.ask("input.performActions", context=firefox.tab, actions=[source])


def test_enter_opens_a_card_beside_its_mark_and_escape_closes_it(opened: Firefox) -> None:
    center(opened, NTH_MARK.format(9))
    opened.evaluate(f"{NTH_MARK.format(9)}.focus()")
    opened.press("Enter")
    opened.wait_for(IS_OPEN)
    assert opened.evaluate("document.activeElement.getAttribute('aria-label')") == "Note 10"
    width, height, gap = opened.evaluate(
        """(() => {
          const card = document.querySelector(".card").getBoundingClientRect();
          const mark = document.querySelector(".has-card").getBoundingClientRect();
          return [card.width, card.height, Math.max(card.top - mark.bottom, mark.top - card.bottom)];
        })()"""
    )
    assert width == pytest.approx(400, abs=1)
    assert height <= 361
    assert gap == pytest.approx(8, abs=1.5)
    opened.press("Escape")
    opened.wait_for(IS_CLOSED)
    assert opened.evaluate(f"document.activeElement === {NTH_MARK.format(9)}")


def test_a_mouse_that_rests_opens_a_card_and_one_that_leaves_closes_it(opened: Firefox) -> None:
    x, y = center(opened, NTH_MARK.format(9))
    point_at(opened, x, y)
    opened.wait_for(IS_OPEN)
    assert "Stone number 10" in opened.evaluate("document.querySelector('.card').innerText")
    point_at(opened, 5, 5)
    opened.wait_for(IS_CLOSED)


def test_on_a_narrow_screen_back_closes_the_sheet_and_stays_on_the_page(opened: Firefox) -> None:
    opened.resize(500, 800)
    x, y = center(opened, NTH_MARK.format(9))
    point_at(opened, x, y, is_click=True)
    opened.wait_for("!!document.querySelector('.card.sheet:popover-open')")
    opened.back()
    opened.wait_for(IS_CLOSED)
    assert opened.evaluate("location.pathname").endswith(LONG_PAGE)
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_switch_is_remembered_on_the_next_page(opened: Firefox, harbour: Path) -> None:
    opened.evaluate("document.querySelector('.card-toggle').click()")
    opened.goto((harbour / "documents/memo-1962.html").as_uri())
    words = opened.evaluate("document.querySelector('.card-toggle').textContent")
    opened.evaluate("document.querySelector('.card-toggle').click()")
    assert words in ("Turn footnote cards on", "Turn footnote cards off")
    # A folder opened from disk may be refused storage: then the switch holds for one page.
    is_kept = opened.evaluate(
        "(() => { try { localStorage.setItem('try', '1'); return true } catch { return false } })()"
    )
    assert (words == "Turn footnote cards on") is is_kept
