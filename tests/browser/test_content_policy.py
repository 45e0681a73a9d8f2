"""The content policy holds in a browser, on the web and on disk, and nothing of the site needs more than it lets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.firefox import open_firefox
from tests.browser.sites import pages_of, serve

pytestmark = pytest.mark.browser

# Runs in every page before anything of the page does. The browser tells of each violation in an event.
LISTEN = """
window.VIOLATIONS = [];
document.addEventListener("securitypolicyviolation", event => window.VIOLATIONS.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
# Every element outside links gets what a reader's mouse and keyboard would give it.
PROVOKE = """
() => {
  addEventListener("click", event => { if (event.target.closest("a[href]")) event.preventDefault(); }, true);
  for (const element of document.querySelectorAll("summary, button, label, input, select, a, [tabindex]"))
    for (const name of ["pointerenter", "pointerover", "mouseover", "focusin", "click"])
      element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
}
"""
INJECT = """
() => {
  const script = document.createElement("script");
  script.textContent = "window.PWNED = 1";
  document.body.append(script);
  const style = document.createElement("style");
  style.textContent = "body { color: rgb(1, 2, 3) }";
  document.body.append(style);
  const frame = document.createElement("iframe");
  frame.src = "about.html";
  document.body.append(frame);
  const holder = document.createElement("div");
  holder.innerHTML = '<img src="x" onerror="window.PWNED = 2"><p onclick="window.PWNED = 3">a</p>';
  document.body.append(holder);
  holder.querySelector("p").click();
}
"""


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, default_site: Path) -> Iterator[str]:
    """The default site's address, from disk and from a web server."""
    if request.param == "file":
        yield f"{default_site.as_uri()}/"
    else:
        with serve(default_site) as served:
            yield served


@pytest.fixture
def listening(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    yield context
    context.close()


def violations(page: Page) -> list[str]:
    """Return the violations so far."""
    found: list[str] = page.evaluate("() => window.VIOLATIONS")
    return found


def find_violations(address: str, names: Iterable[str], listening: BrowserContext) -> dict[str, list[str]]:
    """Return the violations and errors on pages of which every part is provoked; pages without any are left out."""
    page = listening.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    faults = {}
    for name in names:
        # From disk the addresses of 404.html, which count from the root of a web server, lead nowhere.
        if name == "404.html" and address.startswith("file"):
            continue
        errors.clear()
        page.goto(address + name)
        page.evaluate(PROVOKE)
        faults[name] = [*violations(page), *errors]
    return {name: found for name, found in faults.items() if found}


@pytest.mark.slow
def test_no_kind_of_page_needs_what_the_policy_refuses(
    address: str, default_site: Path, listening: BrowserContext
) -> None:
    assert find_violations(address, pages_of(default_site).values(), listening) == {}


@pytest.mark.slow
def test_no_page_needs_what_the_policy_refuses(
    address: str, default_site: Path, listening: BrowserContext
) -> None:
    names = sorted(path.relative_to(default_site).as_posix() for path in default_site.rglob("*.html"))
    assert find_violations(address, names, listening) == {}


def test_palette_switch_works_under_the_policy(address: str, listening: BrowserContext) -> None:
    page = listening.new_page()
    page.goto(address + "index.html")
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for^=__palette]:visible").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") != scheme
    assert violations(page) == []
    # Kept for the next page by a script that stands in the page, let run by its hash.
    page.goto(address + "about.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") != scheme
    assert violations(page) == []


def test_smuggled_code_does_not_run(address: str, listening: BrowserContext) -> None:
    page = listening.new_page()
    page.goto(address + "index.html")
    before = page.evaluate("() => getComputedStyle(document.body).color")
    page.evaluate(INJECT)
    page.wait_for_function("() => window.VIOLATIONS.length >= 5")
    assert page.evaluate("() => window.PWNED") is None
    assert page.evaluate("() => getComputedStyle(document.body).color") == before
    found = violations(page)
    for directive in ("script-src-elem", "script-src-attr", "style-src-elem", "frame-src"):
        assert any(violation.startswith(directive) for violation in found), directive


def test_page_can_reach_no_other_host(address: str, default_site: Path, listening: BrowserContext) -> None:
    asked: list[str] = []
    with serve(default_site, asked) as other:
        page = listening.new_page()
        page.goto(address + "index.html")
        page.evaluate(
            """async other => {
              for (const [name, key] of [["img", "src"], ["script", "src"], ["link", "href"]]) {
                const element = document.createElement(name);
                element.rel = "stylesheet";
                element[key] = other;
                document.body.append(element);
              }
              await fetch(other).catch(() => null);
              navigator.sendBeacon(other, "words");
            }""",
            other,
        )
        page.wait_for_function("() => window.VIOLATIONS.length >= 5")
        assert asked == []


@pytest.mark.slow
def test_policy_holds_in_firefox(address: str) -> None:
    with open_firefox() as firefox:
        firefox.goto(address + "index.html")
        assert firefox.evaluate("typeof __md_get") == "function", "the theme's script is let run by its hash"
        assert firefox.evaluate("getComputedStyle(document.body).fontFamily").startswith("-apple-system")
        firefox.evaluate(f"({INJECT})()")
        firefox.evaluate("new Promise(done => setTimeout(done, 200))")
        assert firefox.evaluate("window.PWNED ?? null") is None
        assert firefox.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"
