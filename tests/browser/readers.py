"""One way to drive both browsers: what `Firefox` of firefox.py offers, in Chromium."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Protocol

from playwright.sync_api import ConsoleMessage, Error, Page

POLL_S = 0.03


class Reader(Protocol):
    """A browser's tab, as tests use it in Chromium and Firefox alike."""

    def goto(self, address: str) -> None:
        """Open an address and wait until it is loaded."""

    def back(self) -> None:
        """Go back in the history of the tab."""

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window's inside in CSS pixels."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, promises awaited."""

    def wait_for(self, expression: str, timeout_s: float = 10) -> Any:
        """Return the value of an expression as soon as it is true."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as in KeyboardEvent.key."""

    def type(self, words: str) -> None:
        """Press the key of each letter."""

    def requests(self) -> Sequence[str]:
        """Return the addresses of all requests so far."""


class Chromium:
    """One tab of Playwright's Chromium as a `Reader`. `complaints` are the console's errors and warnings."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._requests: list[str] = []
        page.on("request", lambda request: self._requests.append(request.url))
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("console", self._hear)

    def _hear(self, entry: ConsoleMessage) -> None:
        if entry.type in ("error", "warning"):
            self.complaints.append(entry.text)

    def goto(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.page.goto(address)

    def back(self) -> None:
        """Go back in the history of the tab."""
        self.page.go_back()

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window's inside in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, promises awaited."""
        return self.page.evaluate(f"async () => await ({expression})")

    def wait_for(self, expression: str, timeout_s: float = 10) -> Any:
        """Return the value of an expression as soon as it is true.

        Raises:
            AssertionError: it was still false at the end.
        """
        end = time.monotonic() + timeout_s
        while True:
            try:
                last = self.evaluate(expression)
            except Error as fault:
                # While one page gives way to another there is nothing to evaluate in.
                last = None
                if time.monotonic() > end:
                    raise AssertionError(expression) from fault
            if last:
                return last
            assert time.monotonic() < end, f"still {last!r} after {timeout_s} s: {expression}"
            time.sleep(POLL_S)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as in KeyboardEvent.key."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Press the key of each letter."""
        self.page.keyboard.type(words)

    def requests(self) -> Sequence[str]:
        """Return the addresses of all requests so far."""
        return self._requests
