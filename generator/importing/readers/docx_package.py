"""What a Word file is checked for before it is read, and what only its own parts tell."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.importing.readers.zip_limits import TooMuchError, archive_fault, member_fault, read_member

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
# mammoth walks the tree by recursion; Word itself nests some thirty elements.
MAX_XML_DEPTH = 150
# Every part that mammoth may parse.
XML_ENDINGS = (".xml", ".rels")


class RefusedError(Exception):
    """The package is refused: `code` and the reason as a sentence's end behind "the file"."""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        super().__init__(reason)


@dataclass(slots=True)
class Package:
    """What the parts of a Word file hold beside its text. `headers` and `footers` are the lines of the pages' edges."""

    deleted: int = 0
    inserted: int = 0
    comments: int = 0
    notes: set[tuple[str, str]] = field(default_factory=set)
    marks: Counter[tuple[str, str]] = field(default_factory=Counter)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def read_package(content: bytes) -> Package:
    """Return what the package holds, all its XML having been read once without a tree.

    Raises:
        RefusedError: it unpacks to too much, declares a document type, or nests too deep.
        expat.ExpatError: a part is no XML.
        zipfile.BadZipFile: it is no ZIP.
    """
    package = Package()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        fault = archive_fault(members)
        if fault:
            raise RefusedError("archive-bomb", fault)
        for member in sorted(members, key=lambda m: m.filename):
            fault = member_fault(member)
            if fault:
                raise RefusedError("archive-bomb", f"holds `{member.filename[:80]}`, which {fault}")
            if member.filename.casefold().endswith(XML_ENDINGS):
                try:
                    _read_part(package, member.filename, read_member(archive, member))
                except TooMuchError:
                    raise RefusedError("archive-bomb", "unpacks to more than it states") from None
    return package


class _Part:
    """The handlers of one part's parser."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.depth = 0
        self.words: list[str] = []
        self.is_text = False
        self.deletions = 0

    def doctype(self, *_: object) -> None:
        raise RefusedError("document-type", f"declares a document type in `{self.name[:80]}`")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise RefusedError(
                "deep-nesting", f"nests more than {MAX_XML_DEPTH} elements in `{self.name[:80]}`"
            )
        tag, is_word = _local(tag)
        if not is_word:
            self.words = []
            return
        own = {_local(key)[0]: value for key, value in attributes.items()}
        package = self.package
        if tag in ("del", "moveFrom"):
            package.deleted += self.deletions == 0
            self.deletions += 1
        elif tag in ("ins", "moveTo"):
            package.inserted += 1
        elif tag == "commentReference":
            package.comments += 1
        elif tag in ("footnote", "endnote") and own.get("type", "normal") == "normal":
            package.notes.add((tag, own.get("id", "")))
        elif tag in ("footnoteReference", "endnoteReference"):
            package.marks[tag.removesuffix("Reference"), own.get("id", "")] += 1
        elif tag == "p":
            self.words = []
        elif tag in ("tab", "br"):
            self.words.append(" ")
        self.is_text = tag == "t"

    def end(self, tag: str) -> None:
        self.depth -= 1
        tag, is_word = _local(tag)
        self.is_text = False
        if is_word and tag in ("del", "moveFrom"):
            self.deletions -= 1
        words = " ".join("".join(self.words).split())
        if self.name.startswith("docProps/"):
            if words:
                self.package.properties.setdefault(tag, words[:500])
            self.words = []
        elif is_word and tag == "p" and words:
            for part, lines in (("word/header", self.package.headers), ("word/footer", self.package.footers)):
                if self.name.startswith(part) and words not in lines:
                    lines.append(words)

    def text(self, words: str) -> None:
        if self.is_text or self.name.startswith("docProps/"):
            self.words.append(words)


def _read_part(package: Package, name: str, content: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    part = _Part(package, name)
    parser.StartDoctypeDeclHandler = part.doctype
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.text
    parser.Parse(content, True)


def _local(tag: str) -> tuple[str, bool]:
    """Return the name without its namespace, and whether that is Word's."""
    return tag.rpartition(" ")[2], tag.startswith((W, STRICT))
