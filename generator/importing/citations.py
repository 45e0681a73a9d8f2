"""Footnotes into drafts of bibliography entries in CSL.

Authors, title, outlet, date, address, as far as the note gives them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.importing.facts.dates import find_dates
from generator.importing.model import Note
from generator.text.addresses import is_safe_address

ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>\"”]+)>?|\[[^\]]{0,300}\]\((https?://[^)\s]+)\)")
# “Donald Trump blocks Taiwan's President.”   „Der Deich“   « La digue »
QUOTED = re.compile(r"[\"“„«]\s?(?P<title>[^\"“”„«»]{4,300}?)\s?[\"”“»](?=[\s,.;:*(]|$)")
ITALIC = re.compile(r"(?<![\w*])\*(?P<words>[^*\n]{2,160})\*(?![\w*])")
# Ibid., p. 4   Id. at 7   Supra note 3
REPEATED = re.compile(
    r"^\W*(?:ibid|id|idem|ebd|op\. cit|supra|see (?:note|supra)|vgl\. anm|siehe anm)\b", re.IGNORECASE
)
# S.1053   H.R. 3447   S.Amdt.3926 to S.Amdt.3748   H.Res. 12
BILL = re.compile(
    r"^(?:S|H\.?\s?R|S\.?\s?Res|H\.?\s?Res|S\.?\s?J\.?\s?Res|H\.?\s?J\.?\s?Res|S\.?\s?Amdt|H\.?\s?Amdt)\.?\s?\d+\b.{0,60}$"
)
CASE = re.compile(r"\b[A-Z][\w.&’' ]{1,120} v\.? [A-Z]")
LAW = re.compile(
    r"\b(?:Act|Code|Ordinance|Regulations?|Gesetz|Loi|U\.S\.C\.|C\.F\.R\.|Stat\.)\b.*(?:§|ch\.|art\.|s\. ?\d|\d)"
)
# Flatley, Daniel, and Lai, Stephanie.   L. Marchetti and P. Kessel,
INVERTED = re.compile(r"^(?P<family>[^\d,]{2,40}?), (?P<given>[^\d,]{1,40})$")
PERSON = re.compile(r"^(?:[A-ZÀ-Þ][\w’'-]*\.?\s){1,3}(?:(?:de|van|von|der|la|le|du)\s)*[A-ZÀ-Þ][\w’'-]+$")
CORPORATE = re.compile(
    r"\b(?:the|of|office|agency|department|ministry|house|council|committee|commission|bank|company|inc|ltd|institute|university|press"
    r"|government|court|league|guild|authority|union|association|bulletin|ministerium|amt|verband)\b",
    re.IGNORECASE,
)
# An id names a page: of a word without an end its beginning is enough.
LONGEST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationDraft:
    """A draft of one entry: its id, the note it comes from, the CSL fields in order, what the note leaves open."""

    id: str
    label: str
    values: dict[str, object]
    doubts: tuple[str, ...] = field(default=())


def draft_citations(notes: Sequence[Note], taken: Sequence[str] = ()) -> tuple[CitationDraft, ...]:
    """Return an entry for each note that names a source, in order of the notes.

    "Ibid." and the like have none of their own.
    """
    drafts: list[CitationDraft] = []
    ids = set(taken)
    for note in notes:
        if not note.text.strip() or (REPEATED.match(note.text) and not QUOTED.search(note.text)):
            continue
        values, doubts = _read(note.text.strip())
        slug = _id(values, note.label)
        unique, number = slug, 2
        while unique in ids:
            unique, number = f"{slug}-{number}", number + 1
        ids.add(unique)
        drafts.append(CitationDraft(id=unique, label=note.label, values=values, doubts=tuple(doubts)))
    return tuple(drafts)


def _read(text: str) -> tuple[dict[str, object], list[str]]:
    """Return the CSL fields that a note gives, and what is doubtful in them."""
    doubts: list[str] = []
    match = ADDRESS.search(text)
    address = (match[1] or match[2]).rstrip(".,;") if match else ""
    bare = ADDRESS.sub(" ", text)
    bare = re.sub(r"\s+", " ", bare).strip()
    quoted = QUOTED.search(bare)
    italics = [found for found in ITALIC.finditer(bare) if quoted is None or found.start() > quoted.end()]
    if BILL.match(bare):
        return {"type": "bill", "title": bare.rstrip(".")}, doubts
    values: dict[str, object] = {"type": "document"}
    if quoted is not None:
        values["title"] = quoted["title"].strip().rstrip(".,;")
        before, after = bare[: quoted.start()], bare[quoted.end() :]
    else:
        title = ITALIC.search(bare)
        before = bare[: title.start()] if title else ""
        after = bare[title.end() :] if title else bare
        if title:
            values["title"] = title["words"].strip().rstrip(".,")
            values["type"] = "book"
            italics = [found for found in italics if found.start() > title.end()]
        else:
            values["title"] = _shortened(bare) or _shortened(_linked_words(text)) or address or text
            doubts.append("the note puts no title in quotation marks; the whole note stands for it")
    authors = _authors(before)
    outlet = italics[0]["words"].strip(" .,") if italics and italics[0].start() >= len(before) else ""
    if not outlet and quoted is not None:
        outlet = _plain_outlet(after)
    dates = list(find_dates(after)) or list(find_dates(bare))
    year = re.search(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)", re.sub(r"[\"“”].*?[\"“”]", "", after))
    if quoted is not None:
        is_periodical = bool(italics)
        values["type"] = (
            "article-newspaper" if is_periodical and dates else "webpage" if address else "article"
        )
        if CASE.search(bare):
            values["type"] = "legal_case"
    elif LAW.search(bare) and not address:
        values["type"] = "legislation"
    elif address:
        values["type"] = "webpage"
    if authors:
        values["author"] = authors
    elif outlet and values["type"] in ("webpage", "article") and not italics:
        values["author"] = [{"literal": outlet}]
        outlet = ""
    if outlet:
        values["container-title"] = outlet
    if dates:
        values["issued"] = dates[0][0]
    elif year and quoted is not None:
        values["issued"] = year[1]
    if address:
        whole = address if "://" in address else f"https://{address}"
        if is_safe_address(whole) and "\\" not in whole:
            values["URL"] = whole
        else:
            doubts.append("the address in the note is none that a reader may follow")
    return values, doubts


def _linked_words(text: str) -> str:
    """Return the words of a link, "" for an address alone."""
    match = re.search(r"\[([^\]]{1,300})\]\(https?://", text)
    return match[1] if match else ""


def _authors(text: str) -> list[dict[str, str]]:
    """Return the authors that a note begins with, as CSL names."""
    text = re.sub(
        r"^(?:see(?: also| generally)?|cf\.?|e\.g\.,?|vgl\.|siehe|voir)\s+",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    text = text.strip(" ,.;:(")
    if not text:
        return []
    if CORPORATE.search(text) and not INVERTED.match(text):
        return [{"literal": text}] if len(text) <= 90 else []
    # Flatley, Daniel, and Lai, Stephanie: pairs of family and given name
    parts = [
        part.strip()
        for part in re.split(r",\s+and\s+|,\s*&\s*|\s+and\s+|\s+&\s+|\s+und\s+|\s+et\s+|;", text)
        if part.strip()
    ]
    names: list[dict[str, str]] = []
    for part in parts:
        names.extend(_names(part))
    return names if names and len(text) <= 400 else []


def _names(part: str) -> list[dict[str, str]]:
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if (
        len(pieces) % 2 == 0
        and all(len(piece.split()) <= 3 for piece in pieces)
        and not PERSON.match(pieces[0])
    ):
        return [{"family": pieces[n], "given": pieces[n + 1]} for n in range(0, len(pieces), 2)]
    found = []
    for piece in pieces:
        if PERSON.match(piece):
            given, _, family = piece.rpartition(" ")
            found.append({"family": family, "given": given})
        elif len(piece.split()) <= 8:
            found.append({"literal": piece})
    return found


def _plain_outlet(after: str) -> str:
    """Return the outlet behind a title where it is not in italics: The White House, September 25, 2025."""
    first = re.split(r"[,(;]|\.\s", after.strip(" .,"))[0].strip(" .,*")
    if not first or re.search(r"\d", first) or len(first) > 80:
        return ""
    return first


def _shortened(text: str) -> str:
    text = text.strip(" .,;")
    return text if len(text) <= 240 else text[:240].rsplit(" ", 1)[0] + " …"


def _id(values: dict[str, object], label: str) -> str:
    """Return an id of author, or of the title's first words, and year: flatley-lai-2025."""
    author = values.get("author")
    names = (
        [name.get("family") or name.get("literal", "") for name in author] if isinstance(author, list) else []
    )
    stem = "-".join(names[:2]) if names and names[0] else str(values.get("title", ""))
    words = re.findall(
        r"[a-z0-9]+", unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().casefold()
    )
    year = str(values.get("issued", ""))[:4]
    core = "-".join(word for word in words[:4] if word not in ("the", "a", "of")) or f"note-{label}"
    core = core[:LONGEST_ID].rstrip("-")
    return f"{core}-{year}" if year else core
