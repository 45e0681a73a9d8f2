"""Outside links: how servers are asked, and what their answers become."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import format_diagnostic
from generator.model.places import Place
from generator.verify import ExternalSummary, check_external

HERE = Place(path="corpus/citations.yml", line=3, column=5)
NOON = 1_700_000_000.0


@dataclass
class Host:
    """A server on this machine that answers as its paths say, such as `/404` or `/head-405`, and remembers."""

    address: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    credentials: set[str | None] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0

    def __call__(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.address}{path}"


@pytest.fixture
def host() -> Iterator[Host]:
    """Run a server for one test."""
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(host))
    host.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    server.shutdown()
    thread.join()
    server.server_close()


def handler_for(host: Host) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            with lock:
                host.at_once += 1
                host.most_at_once = max(host.most_at_once, host.at_once)
                host.requests.append((self.command, self.path))
                host.agents.add(self.headers["User-Agent"])
                host.credentials.add(self.headers["Authorization"])
            # Requests at once meet here; once it is answered, the next may come before this thread goes on.
            time.sleep(0.01)
            with lock:
                host.at_once -= 1
            self.answer(self.path.strip("/"))

        do_GET = do_HEAD  # noqa: N815 (the base class names it)

        def answer(self, what: str) -> None:
            if what == "loop":
                self.send_response(302)
                self.send_header("Location", "/loop")
            elif what == "moved":
                self.send_response(301)
                self.send_header("Location", "/200")
            elif what.startswith("head-"):
                self.send_response(int(what.removeprefix("head-")) if self.command == "HEAD" else 200)
            else:
                self.send_response(int(what.partition("?")[0] or 200))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Print nothing."""

    return Handler


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no request leave this machine: the names in `.invalid` are answered here."""
    resolve = socket.getaddrinfo

    def answer(name: str, *arguments: Any, **options: Any) -> Any:
        if name.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_AGAIN if name == "later.invalid" else socket.EAI_NONAME, "no")
        return resolve(name, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return where answers are kept; nothing is there yet."""
    return tmp_path / "work/external.json"


def check(
    addresses: list[str], cache: Path, *, now: float = NOON, pauses: list[float] | None = None
) -> tuple[ExternalSummary, list[str]]:
    """Check the addresses without waiting and return the summary and the findings as text."""
    summary, found = check_external(
        [(address, HERE) for address in addresses],
        cache=cache,
        timeout_s=5,
        clock=lambda: now,
        pause=(pauses if pauses is not None else []).append,
    )
    return summary, [format_diagnostic(each) for each in found]


def test_an_address_that_answers_is_no_finding(host: Host, cache: Path) -> None:
    assert check([host("/200")], cache) == (ExternalSummary(asked=1), [])
    assert host.requests == [("HEAD", "/200")]


@pytest.mark.parametrize(("status", "phrase"), [(404, "Not Found"), (410, "Gone")])
def test_an_address_that_is_gone_is_a_warning(host: Host, cache: Path, status: int, phrase: str) -> None:
    address = host(f"/{status}")
    assert check([address], cache) == (
        ExternalSummary(asked=1, dead=1),
        [
            f"corpus/citations.yml:3:5: warning[dead-external-link] `{address}` is gone: the server answers "
            f"{status} {phrase}\n"
            "  why:  a reader who follows the citation finds nothing\n"
            "  help: link to an archived copy, or to where the page is now"
        ],
    )


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503, 418])
def test_an_answer_that_proves_nothing_is_a_note(host: Host, cache: Path, status: int) -> None:
    summary, found = check([host(f"/{status}")], cache)
    assert summary == ExternalSummary(asked=1, unknown=1)
    assert found[0].startswith(
        f"corpus/citations.yml:3:5: info[external-link-unknown] `{host(f'/{status}')}` could not be checked: "
        f"the server answers {status} "
    )
    assert found[0].endswith(
        "  why:  the server may refuse programs, or be busy; a browser may fare better\n  help: open it once by hand"
    )


@pytest.mark.parametrize("refusal", [404, 405, 501])
def test_a_server_that_refuses_head_is_asked_with_get(host: Host, cache: Path, refusal: int) -> None:
    assert check([host(f"/head-{refusal}")], cache)[1] == []
    assert [method for method, _ in host.requests] == ["HEAD", "GET"]


def test_redirects_are_followed(host: Host, cache: Path) -> None:
    assert check([host("/moved")], cache)[1] == []


def test_endless_redirects_are_a_note(host: Host, cache: Path) -> None:
    _, found = check([host("/loop")], cache)
    assert "info[external-link-unknown]" in found[0]
    assert "more than 10 redirects" in found[0]


def test_a_host_whose_name_does_not_exist_is_a_warning(host: Host, cache: Path) -> None:
    _, found = check(["http://gone.invalid/", host("/200")], cache)
    assert len(found) == 1
    assert "warning[dead-external-link] `http://gone.invalid/` is gone: no host has this name" in found[0]


def test_a_resolver_that_cannot_answer_proves_nothing(host: Host, cache: Path) -> None:
    _, found = check(["http://later.invalid/", host("/200")], cache)
    assert (
        "info[external-link-unknown] `http://later.invalid/` could not be checked: no connection" in found[0]
    )


def test_a_refused_connection_is_a_note(cache: Path) -> None:
    _, found = check(["http://127.0.0.1:9/"], cache)
    assert (
        "info[external-link-unknown] `http://127.0.0.1:9/` could not be checked: no connection to the host"
        in found[0]
    )


def test_without_a_network_nothing_is_called_dead(cache: Path) -> None:
    summary, found = check(["http://gone.invalid/", "http://gone-too.invalid/"], cache)
    assert (summary.dead, summary.unknown) == (0, 2)
    assert all("info[external-link-unknown]" in each for each in found)
    assert not cache.exists()


def test_one_address_in_two_places_is_asked_once_and_reported_twice(host: Host, cache: Path) -> None:
    there = Place(path="corpus/documents/a.md")
    _, found = check_external(
        [(host("/404#a"), HERE), (host("/404#b"), there)], cache=cache, pause=lambda seconds: None
    )
    assert [each.place for each in found] == [HERE, there]
    assert host.requests == [("HEAD", "/404"), ("GET", "/404")]


def test_other_schemes_are_not_asked(cache: Path) -> None:
    assert check(
        ["mailto:a@example.org", "ftp://example.org/", "javascript:0", "x", "http://[bad"], cache
    ) == (
        ExternalSummary(),
        [],
    )


def test_one_host_gets_one_request_at_a_time_with_a_pause_before_each(host: Host, cache: Path) -> None:
    pauses: list[float] = []
    check([host(f"/200?{n}") for n in range(6)], cache, pauses=pauses)
    assert host.most_at_once == 1
    assert pauses == [1.0] * 5


def test_the_pause_is_real(host: Host, cache: Path) -> None:
    started = time.monotonic()
    check_external([(host(f"/200?{n}"), HERE) for n in range(3)], cache=cache, delay_s=0.05)
    assert time.monotonic() - started >= 0.1


def test_a_host_that_wants_fewer_requests_gets_no_more(host: Host, cache: Path) -> None:
    summary, found = check([host("/429"), host("/429?b"), host("/429?c")], cache)
    assert host.requests == [("HEAD", "/429")]
    assert summary == ExternalSummary(asked=3, unknown=3)
    assert "not asked: the host wants fewer requests" in found[1]


def test_the_requests_name_the_tool_and_carry_no_password(
    host: Host, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    check([host("/200")], cache)
    assert all(agent.startswith("dossier-generator/") for agent in host.agents)
    assert host.credentials == {None}


def test_answers_are_kept_for_a_day(host: Host, cache: Path) -> None:
    _, found = check([host("/404")], cache)
    assert check([host("/404")], cache, now=NOON + 86_000) == (ExternalSummary(cached=1, dead=1), found)
    assert len(host.requests) == 2
    assert check([host("/404")], cache, now=NOON + 86_401)[0].asked == 1


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"http://a.example/": 1}'])
def test_a_damaged_cache_is_as_good_as_none(host: Host, cache: Path, damage: str) -> None:
    cache.parent.mkdir()
    cache.write_text(damage)
    assert check([host("/200")], cache)[0].asked == 1
    assert list(json.loads(cache.read_text())) == [host("/200")]
