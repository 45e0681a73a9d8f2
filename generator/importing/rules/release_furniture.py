"""What surrounds a press release: "For immediate release", contacts, datelines and end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.model import Line, Repair
from generator.importing.rules.article_furniture import plain

RULE = "release-furniture"
RELEASE = re.compile(
    r"^\W*(?:for (?:immediate )?release\b.*|embargoed? (?:until|for)\b.*|(?:press|news|media) release\b.{0,120}"
    r"|(?:presse|medien)(?:mitteilung|information)\b.{0,80}|communiqué de presse\b.{0,80}|not for broadcast\b.*"
    r"|sperrfrist\b.*)$",
    re.IGNORECASE,
)
# ###   # # #   -30-   - ENDS -   *ENDS*
END = re.compile(
    r"^(?:(?=\W*$)\W*?#\s*#\s*#|\W*[-–—]\s*30\s*[-–—]\W*$|\W*(?:ends?|ende|fin)\W*$)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"^\W*(?:(?:press|media|news(?:room)?|presse|medien)[- ]?)?(?:contacts?|enquiries|inquiries|kontakt"
    r"|ansprechpartner\w*)\b\s*:?.{0,160}$",
    re.IGNORECASE,
)
# press@ferries.example.org   (555) 0100-14   tel. 555 0142
REACH = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:tel|phone|fon|mobile|cell)\b|\+?\(?\d{2,4}\)?[\d\s./-]{5,}", re.IGNORECASE
)
# TARN HAVEN, Norvessa, 12 October 2023 — The state…   WASHINGTON (Wire) – A…
DATELINE = re.compile(
    r"^\W{0,3}(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,40}(?:,\s[\w. ]{2,30})?(?:\s\([A-Za-z ]{2,20}\))?)"
    r"(?P<date>(?:,\s|\s\()[^—–]{3,40}?\d{4}\)?)?\s*(?:—|–|--|\s-\s)\s*(?=[“\"A-ZÀ-Þ0-9])"
)
PLACE = re.compile(r"^\*{0,2}[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,40},\s[A-ZÀ-Þ][A-ZÀ-Þ. ]{1,30}\*{0,2}$")
# date 2018-05-15 Senators on both sides…
STAMP = re.compile(
    r"^\s*(?:date|published|pubdate|timestamp)\s*[:=]?\s*\d{4}-\d\d-\d\d(?:T[\d:.Z+-]+)?\b\s*", re.IGNORECASE
)


def cut(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines without what surrounds a release, blank in its place, and what was cut."""
    is_release = any(RELEASE.match(plain(line.text)) for line in lines[:40])
    mended: list[Line] = []
    cuts: list[Repair] = []
    in_contact = False
    for line in lines:
        text = plain(line.text)
        after = line.text
        if not text and not END.match(line.text):
            in_contact = False
        elif is_release and (
            RELEASE.match(text) or END.match(line.text.strip()) or PLACE.match(line.text.strip())
        ):
            after = ""
        elif is_release and ((CONTACT.match(text) and (len(text) < 20 or REACH.search(text))) or in_contact):
            after, in_contact = "", True
        elif STAMP.match(line.text):
            after = STAMP.sub("", line.text)
        elif (match := DATELINE.match(line.text)) and line.kind == "text" and len(line.text) > 40:
            after = line.text[match.end() :]
        if after == line.text:
            mended.append(line)
            continue
        mended.append(replace(line, text=after, kind="text"))
        cuts.append(Repair(rule=RULE, line=line.number, before=_cut_words(line.text, after), after=""))
    return tuple(mended), tuple(cuts)


def _cut_words(before: str, after: str) -> str:
    return (before[: len(before) - len(after)] if after else before).strip()
