"""Addresses: broken ones made whole, and freed of parameters that only follow the reader."""

from __future__ import annotations

import re

# https://www.wsj.com/world/china/trump-xi-talks-china-taiwan-8ed82d1b?gaa_at=eafs
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+")
# Names of parameters by which outlets, mail services and networks follow readers.
TRACKING = re.compile(
    r"^(?:utm_\w+|gaa_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|ref_src|ref_url"
    r"|ocid|cmpid|cmp|ncid|sr_share|smid|s_cid|spm|trk|vero_id|wickedid|icid|guccounter|guce_\w+|__twitter_impression|amp)$",
    re.IGNORECASE,
)
# The rest of a query that a converter set apart: …8ed82d1b?> gaa_at=eafs&gaa_n=AW
TORN_QUERY = re.compile(
    r"(?P<open>(?:https?://|www\.)[^\s<>?]{0,2000}\?[^\s<>]{0,2000})>?(?:\])?\s+(?P<rest>[\w%.~\\-]+=[^\s<>]*)"
)
# …com/ sand-for-the-discerning: a space behind a slash, and a path that goes on in small letters with hyphens
TORN_PATH = re.compile(
    r"(?P<open>(?:https?://|www\.)[^\s<>]{0,2000}/) (?P<rest>[a-z0-9]+(?:-[a-z0-9]+)+(?:[/.?][^\s<>]*)?)"
)


# [https://a.example/b](https://a.example/b)
SELF_LINK = re.compile(r"\[(https?://[^\]\s]+)\]\((https?://[^)\s]+)\)")


def repair(text: str) -> str:
    """Return the text with each address whole and without tracking parameters."""
    if "://" not in text and "www." not in text:
        return text
    # Escapes of Markdown inside an address are the converter's.
    text = ADDRESS.sub(lambda match: re.sub(r"\\([_&%*#~])", r"\1", match[0]), text)
    place = 0
    while match := TORN_QUERY.search(text, place):
        # The whole address may be torn once more.
        place = match.start()
        rest = re.sub(r"\\([_&%*#~])", r"\1", match["rest"])
        closing = ">" if "<" in text[max(match.start() - 1, 0) : match.start()] else ""
        core = rest.rstrip(".,;")
        stop = rest[len(core) :]
        text = f"{text[: match.start()]}{match['open'].rstrip('>')}{core}{closing}{stop}{text[match.end() :]}"
    text = TORN_PATH.sub(r"\g<open>\g<rest>", text)
    text = ADDRESS.sub(lambda match: _clean(match[0]), text)
    return SELF_LINK.sub(lambda match: f"<{match[2]}>" if _same(match[1], match[2]) else match[0], text)


def _same(words: str, address: str) -> bool:
    return words.rstrip("/") == address.rstrip("/")


def _clean(address: str) -> str:
    """Return an address without tracking parameters; a fragment and what closes a sentence stay."""
    closing = re.search(r"[.,;:)\]'’*_]*$", address)
    tail = closing[0] if closing else ""
    core = address[: len(address) - len(tail)]
    core, mark, fragment = core.partition("#")
    path, question, query = core.partition("?")
    if not question:
        return address
    pairs = [
        pair for pair in re.split(r"&(?:amp;)?", query) if pair and not TRACKING.match(pair.partition("=")[0])
    ]
    # What follows a tracking parameter without a name of its own is the rest of its value.
    clean = path + (f"?{'&'.join(pairs)}" if pairs else "")
    return clean + mark + fragment + tail
