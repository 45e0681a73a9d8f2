"""One question to a web server, and what its answer says about an address."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

import requests
from requests.exceptions import InvalidSchema, InvalidURL, RequestException, Timeout, TooManyRedirects

from generator import __version__

Verdict = Literal["alive", "dead", "unknown"]

GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
# Not in every `socket` module under one number: the name does not exist, or has no address.
NO_SUCH_NAME = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of an address. `status` is the HTTP status code, None where no server answered."""

    verdict: Verdict
    detail: str = ""
    status: int | None = None
    is_name_unknown: bool = False

    @property
    def is_lasting(self) -> bool:
        """Return whether the answer is worth keeping: a server gave it."""
        return self.status is not None


def new_session() -> requests.Session:
    """Return a session that says who asks, in the form that robots.txt and server logs know."""
    session = requests.Session()
    session.headers["User-Agent"] = f"dossier-generator/{__version__} (link check)"
    session.max_redirects = 10
    # Without it, requests would send passwords from the user's .netrc.
    session.auth = _no_auth
    return session


def ask(
    session: requests.Session, address: str, timeout_s: float, wait_for_turn: Callable[[], None]
) -> Answer:
    """Return what the server says: to HEAD, or to GET where HEAD does not succeed. The body is not read."""
    answer = Answer(verdict="unknown")
    for method in ("HEAD", "GET"):
        wait_for_turn()
        answer = _ask_once(session, method, address, timeout_s)
        if (
            answer.verdict == "alive"
            or answer.status is None
            or answer.status == HTTPStatus.TOO_MANY_REQUESTS
        ):
            return answer
    return answer


def _ask_once(session: requests.Session, method: str, address: str, timeout_s: float) -> Answer:
    """Return the answer to one request, redirects followed."""
    try:
        with session.request(
            method, address, timeout=timeout_s, allow_redirects=True, stream=True
        ) as response:
            return _judge_status(response.status_code)
    except Timeout:
        return Answer(verdict="unknown", detail=f"no answer within {timeout_s:g} s")
    except TooManyRedirects:
        return Answer(verdict="unknown", detail=f"more than {session.max_redirects} redirects")
    except (InvalidURL, InvalidSchema, UnicodeError):
        return Answer(verdict="dead", detail="it is no valid address")
    except RequestException as fault:
        if _is_name_unknown(fault):
            return Answer(verdict="dead", detail="no host has this name", is_name_unknown=True)
        return Answer(verdict="unknown", detail="no connection to the host")


def _judge_status(status: int) -> Answer:
    """Return the verdict on a status code (RFC 9110, section 15)."""
    phrase = next((f" {known.phrase}" for known in HTTPStatus if known == status), "")
    detail = f"the server answers {status}{phrase}"
    if status < HTTPStatus.BAD_REQUEST:
        return Answer(verdict="alive", detail=detail, status=status)
    return Answer(verdict="dead" if status in GONE else "unknown", detail=detail, status=status)


def _is_name_unknown(fault: BaseException) -> bool:
    """Return whether the resolver said that the name does not exist, and not that it could not ask."""
    return any(isinstance(cause, socket.gaierror) and cause.errno in NO_SUCH_NAME for cause in _causes(fault))


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """Yield the fault and everything that led to it."""
    cause: BaseException | None = fault
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
