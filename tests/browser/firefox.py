"""A real Firefox, driven over WebDriver BiDi (W3C), which it speaks itself: no driver stands between."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

CANDIDATES = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
)
# "WebDriver BiDi listening on ws://127.0.0.1:40123"
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
START_TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 60
# A script that is asked again and again waits this long between two answers.
POLL_S = 0.03
# https://www.w3.org/TR/webdriver2/#keyboard-actions
KEYS = {
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowUp": "\ue013",
    "ArrowDown": "\ue015",
    "Tab": "\ue004",
    "Backspace": "\ue003",
}
# A Firefox without a screen has no mouse: this gives it a fine pointer that can rest (2 and 4, LookAndFeel.h).
WITH_MOUSE = {"ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6}
# Nothing is asked of any host before a test does: no updates, no captive-portal probes, no remote settings.
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class FirefoxError(Exception):
    """Firefox could not be started, or refused what it was asked."""


def find_firefox() -> str:
    """Return the path of a Firefox. A missing browser fails the tests; it does not skip them."""
    for candidate in (os.environ.get("DOSSIER_FIREFOX", ""), *CANDIDATES):
        found = shutil.which(candidate) if candidate else None
        if found is not None:
            return found
    raise FirefoxError(
        "no Firefox found: install it (Debian: apt-get install firefox-esr) or set DOSSIER_FIREFOX"
    )


class Firefox:
    """One tab of a running Firefox. Every call returns when it is done; a refusal raises FirefoxError."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        tree = self.ask("browsingContext.getTree")
        self.tab = str(tree["contexts"][0]["context"])
        self.ask(
            "session.subscribe", events=["network.beforeRequestSent", "network.fetchError", "log.entryAdded"]
        )

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer to one command; events that come before it are kept in `events`."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message: dict[str, Any] = json.loads(self._socket.recv(timeout=ANSWER_TIMEOUT_S))
            if message.get("type") == "event":
                self.events.append(message)
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise FirefoxError(f"{method}: {message['error']}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def goto(self, address: str) -> None:
        """Open an address and wait until it is loaded; the tab has the focus, as a reader's has."""
        self.ask("browsingContext.activate", context=self.tab)
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def back(self) -> None:
        """Go back in the history of the tab."""
        self.ask("browsingContext.traverseHistory", context=self.tab, delta=-1)

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window's inside in CSS pixels."""
        self.ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, promises awaited; it must be JSON-able."""
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise FirefoxError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait_for(self, expression: str, timeout_s: float = 10) -> Any:
        """Return the value of an expression as soon as it is true.

        Raises:
            FirefoxError: it was still false at the end, or the page was gone.
        """
        end = time.monotonic() + timeout_s
        while True:
            try:
                value = self.evaluate(expression)
            except FirefoxError as fault:
                # While one page gives way to another there is nothing to evaluate in.
                if time.monotonic() > end:
                    raise
                value, last = None, str(fault)
            else:
                last = repr(value)
            if value:
                return value
            if time.monotonic() > end:
                raise FirefoxError(f"still {last} after {timeout_s} s: {expression}")
            time.sleep(POLL_S)

    def press(self, *keys: str) -> None:
        """Press keys one after the other: single letters, or names as in KeyboardEvent.key."""
        actions = [
            {"type": step, "value": KEYS.get(key, key)} for key in keys for step in ("keyDown", "keyUp")
        ]
        self.ask(
            "input.performActions",
            context=self.tab,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def type(self, words: str) -> None:
        """Press the key of each letter."""
        self.press(*words)

    def requests(self) -> Sequence[str]:
        """Return the addresses of all requests so far, in order."""
        self.evaluate("1")  # what happened before is told before the answer
        return [
            str(event["params"]["request"]["url"])
            for event in self.events
            if event["method"] == "network.beforeRequestSent"
        ]


@contextmanager
def open_firefox(preferences: Mapping[str, object] = MappingProxyType({})) -> Iterator[Firefox]:
    """Start a Firefox with an empty profile but for these preferences, and end it afterwards."""
    command = find_firefox()
    with tempfile.TemporaryDirectory(prefix="dossier-firefox-") as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in {**PREFERENCES, **preferences}.items()
        ]
        Path(profile, "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
        process = subprocess.Popen(
            [
                command,
                "--headless",
                "--no-remote",
                "--remote-debugging-port=0",
                "--profile",
                profile,
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        assert process.stderr is not None
        heard = _Heard(process.stderr)
        reading = threading.Thread(target=heard.read, daemon=True)
        reading.start()
        try:
            address = heard.wait_for_address()
            with connect(f"{address}/session", max_size=None, open_timeout=START_TIMEOUT_S) as socket:
                firefox = Firefox(socket)
                yield firefox
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            reading.join()
            process.stderr.close()


class _Heard:
    """What Firefox prints: the address at which it listens, and its last words should there be none."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._printed: list[str] = []
        self._address = ""
        self._is_known = threading.Event()

    def read(self) -> None:
        """Read all that is printed; what comes after the address is dropped."""
        for line in self._stream:
            match = LISTENING.search(line)
            if match:
                self._address = match[1]
                self._is_known.set()
            elif not self._address:
                self._printed.append(line)
        self._is_known.set()

    def wait_for_address(self) -> str:
        """Return the address at which Firefox listens.

        Raises:
            FirefoxError: it ended, or said nothing for too long.
        """
        self._is_known.wait(START_TIMEOUT_S)
        if not self._address:
            last = "".join(self._printed[-5:]) or "it said nothing"
            raise FirefoxError(f"Firefox did not start its remote agent: {last}")
        return self._address
