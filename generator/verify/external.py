"""The addresses outside to which the corpus links, asked politely whether they are still there."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from generator.diagnostics import Diagnostic, info, sort_diagnostics, warning
from generator.model.places import Place
from generator.text.addresses import is_safe_address
from generator.verify.answer_cache import read_answers, write_answers
from generator.verify.web_answer import Answer, ask, new_session

DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSummary:
    """How many different addresses were asked, taken from the cache, and found dead or unknown."""

    asked: int = 0
    cached: int = 0
    dead: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely hosts are asked. One request at a time to each host, whatever `hosts_at_once`."""

    delay_s: float
    timeout_s: float
    hosts_at_once: int
    pause: Callable[[float], None]


def check_external(
    addresses: Sequence[tuple[str, Place]],
    *,
    cache: Path,
    delay_s: float = 1.0,
    timeout_s: float = 20.0,
    hosts_at_once: int = 4,
    cache_days: float = 1.0,
    clock: Callable[[], float] = time.time,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[ExternalSummary, tuple[Diagnostic, ...]]:
    """Return a warning for each address that is gone, and a note for each that cannot be judged.

    Only http and https are asked, each address once, without its fragment: HEAD, then GET where HEAD does not succeed.
    A host that answers 429 is asked no more. What servers answered stays in the file `cache` for `cache_days`. Takes
    about `delay_s` for each address of the busiest host. When several hosts are asked and none of their names is known,
    this machine is taken to be offline and nothing called dead.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for address, place in addresses:
        if is_safe_address(address) and not address.lower().startswith("mailto:"):
            places[urldefrag(address).url].append(place)
    manners = Manners(delay_s=delay_s, timeout_s=timeout_s, hosts_at_once=hosts_at_once, pause=pause)
    moment = clock()
    fresh = read_answers(cache, moment - cache_days * DAY_S)
    known = {address: fresh[address][1] for address in places if address in fresh}
    asked = _ask_all(sorted(places.keys() - known.keys()), manners)
    lasting = {address: (moment, answer) for address, answer in asked.items() if answer.is_lasting}
    if lasting:
        write_answers(cache, {**fresh, **lasting})
    answers = {**known, **_doubt_when_offline(asked)}
    found = [
        each for address, answer in answers.items() for each in _findings(address, answer, places[address])
    ]
    return _summary(answers.values(), asked=len(asked), cached=len(known)), sort_diagnostics(found)


def _ask_all(addresses: Iterable[str], manners: Manners) -> dict[str, Answer]:
    """Return the answer for each address; hosts in parallel, the addresses of one host in turn."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc.rpartition("@")[2].lower()].append(address)
    with ThreadPoolExecutor(max_workers=manners.hosts_at_once) as pool:
        answered = pool.map(lambda group: _ask_host(group, manners), by_host.values())
        return {address: answer for host in answered for address, answer in host.items()}


def _ask_host(addresses: Sequence[str], manners: Manners) -> dict[str, Answer]:
    """Return the answers of one host, with a pause before every request but the first."""
    answers: dict[str, Answer] = {}
    is_first = True

    def wait_for_turn() -> None:
        nonlocal is_first
        if not is_first:
            manners.pause(manners.delay_s)
        is_first = False

    with new_session() as session:
        for address in addresses:
            if any(answer.status == 429 for answer in answers.values()):
                answers[address] = Answer(
                    verdict="unknown", detail="not asked: the host wants fewer requests"
                )
            else:
                answers[address] = ask(session, address, manners.timeout_s, wait_for_turn)
    return answers


def _doubt_when_offline(asked: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers, all as unknown when two or more hosts were asked and no name of theirs was found."""
    hosts = {urlsplit(address).hostname for address in asked}
    is_offline = len(hosts) > 1 and all(answer.is_name_unknown for answer in asked.values())
    if not is_offline:
        return dict(asked)
    doubt = Answer(verdict="unknown", detail="no host can be found: this machine seems to be offline")
    return dict.fromkeys(asked, doubt)


def _findings(address: str, answer: Answer, places: Iterable[Place]) -> list[Diagnostic]:
    """Return one finding for each place that links to an address that did not answer well."""
    if answer.verdict == "dead":
        return [
            warning(
                place,
                "dead-external-link",
                f"`{address}` is gone: {answer.detail}",
                why="a reader who follows the citation finds nothing",
                help="link to an archived copy, or to where the page is now",
            )
            for place in places
        ]
    if answer.verdict == "unknown":
        return [
            info(
                place,
                "external-link-unknown",
                f"`{address}` could not be checked: {answer.detail}",
                why="the server may refuse programs, or be busy; a browser may fare better",
                help="open it once by hand",
            )
            for place in places
        ]
    return []


def _summary(answers: Iterable[Answer], *, asked: int, cached: int) -> ExternalSummary:
    verdicts = [answer.verdict for answer in answers]
    return ExternalSummary(
        asked=asked, cached=cached, dead=verdicts.count("dead"), unknown=verdicts.count("unknown")
    )
