"""Generated Markdown as HTML, byte for byte as Python-Markdown writes it, in a fraction of its time.

Generated pages use few forms: HTML blocks that say how their content is to be read (`markdown="block"`,
`markdown="span"`), headings with an id, paragraphs, links with attributes, and inline tags; every other character
with a meaning is escaped (render/escape.py). This reader knows these forms and no other. Whatever else stands in a
page, it says `None`, and Python-Markdown reads the page: a page of the editors' own may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

# Python-Markdown's `block_level_elements`; in these a `markdown` attribute counts.
BLOCK_TAGS = frozenset(
    (
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol",
        "p", "pre", "search", "section", "table", "ul", "canvas", "colgroup", "dd", "body", "dt", "group", "html",
        "iframe", "li", "legend", "math", "map", "noscript", "output", "object", "option", "progress", "script",
        "style", "summary", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "video", "center",
    )
)  # fmt: skip
RAW_TAGS = frozenset(("canvas", "math", "option", "pre", "script", "style", "textarea", "hr"))
# <div class="prose" markdown="block">
OPEN_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9:_.-]*(?:="[^"<>\n]*")?)*)>')
# An attribute with or without a value.
ATTRIBUTE = re.compile(r' ([a-zA-Z][a-zA-Z0-9:_.-]*)(?:="([^"<>\n]*)")?')
# </div>
CLOSE_TAG = re.compile(r"</([a-z][a-z0-9]*)>")
# The beginning of any tag of a block, opening or closing: </div, <p
BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})(?![a-zA-Z0-9-])", re.IGNORECASE)
# The name of any tag.
TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
# ## Statements <span class="count">20</span> {: #statements }
HEADING = re.compile(r"(#{1,6}) ([^\n]*?) \{: ([^{}\n]*) \}(?=\n|\Z)")
# [Ron Wyden](ron-wyden.md){: .actor rel="next" }
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\[\]\s<>\"'\\&*`{}|~^]+)\)(?:\{: ([^{}\n]*) \})?")
# What an attribute list may hold: #id, .class, key="value", key
LISTED = re.compile(r' *(?:\.([\w:-]+)|#([\w:.-]+)|([a-zA-Z][\w:-]*)(?:="([^"]*)")?)(?= |\Z)')
REFERENCE = r"&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);"
TAG = r"</?[a-zA-Z][a-zA-Z0-9-]*(?: [a-zA-Z][a-zA-Z0-9:_.-]*(?:=\"[^\"<>]*\")?)*/?>"
# A line without links: words, references and tags inside it (<a class="place" href="#s-n0">, <br>, <path d="…"/>).
WORDS = r"[^<>&\[\]{}*_`~\\\n]*"
PLAIN = re.compile(rf"{WORDS}(?:(?:{TAG}|{REFERENCE}|(?<!  )\n(?![ \t\n#>|:=+\-!?]|\d+[.)])){WORDS})*")
# What Python-Markdown does not read at all: words, references and tags, whatever the characters.
UNREAD = re.compile(rf"[^<>&]*(?:(?:{TAG}|{REFERENCE})[^<>&]*)*")
# A paragraph's first characters that begin another kind of block.
BLOCK_START = re.compile(r"[#>|:=~+\-* \t]|\d+[.)]|!!!|\?\?\?")
# Tabs and controls, which Python-Markdown replaces or uses itself.
UNUSUAL = (*(chr(number) for number in range(0x20) if number != ord("\n")), "\x7f")
# What separates the blocks of a text.
GAP = re.compile(r"\n*")
# <span id="s-n0">: what stands before the id.
ID = 'id="'
# Python-Markdown's RE_AMP.
LONE_AMPERSAND = re.compile(r"&(?!(?:\#[0-9]+|\#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
# What follows an element that is passed on as it is.
BLOCK_END = re.compile(r"\n\n|\n*\Z")


class UnknownForm(Exception):
    """The page holds a form that this reader does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its level (1 to 6), id, and the HTML between its tags."""

    level: int
    id: str
    inner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page as pieces of HTML: every second one, from the second on, is the address of a link as it was written.

    `first_tag` is that of the first element. `ids` are all ids that something can link to, in the order of the page.
    """

    pieces: Sequence[str]
    headings: Sequence[Heading]
    first_tag: str
    ids: Sequence[str]

    def write(self, resolve: Callable[[str], str]) -> str:
        """Return the HTML, each address as `resolve` gives it."""
        pieces = list(self.pieces)
        pieces[1::2] = map(resolve, pieces[1::2])
        return "".join(pieces)

    @property
    def addresses(self) -> Sequence[str]:
        """The addresses of the links, each once, in the order of the page."""
        return list(dict.fromkeys(self.pieces[1::2]))


def read_page(text: str) -> ReadPage | None:
    """Return a generated page, or None where it holds a form that this reader does not know."""
    # Each is looked for as a word is: that takes a third of the time of one pattern for all.
    if any(character in text for character in UNUSUAL):
        return None
    reader = _Reader(text)
    try:
        reader.read_blocks(0, "")
    except UnknownForm:
        return None
    return reader.finish()


class _Reader:
    """Reads one text from its beginning to its end and writes down the HTML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._written: list[str] = []
        self._headings: list[Heading] = []
        self._first_tag = ""

    def finish(self) -> ReadPage:
        """Return what was read."""
        pieces = [*self._pieces, "".join(self._written).rstrip("\n")]
        return ReadPage(
            pieces=pieces,
            headings=self._headings,
            first_tag=self._first_tag,
            ids=_ids_of("".join(pieces[::2])),
        )

    def read_blocks(self, position: int, tag: str) -> int:
        """Read blocks up to the end of the element `tag` (of the text, where it is empty); return where that is."""
        text = self._text
        is_first = True
        while True:
            position = GAP.match(text, position).end()  # type: ignore[union-attr]
            if position == len(text):
                if tag:
                    raise UnknownForm
                return position
            if text.startswith("</", position):
                close = CLOSE_TAG.match(text, position)
                if close is None or close[1] != tag:
                    raise UnknownForm
                return close.end()
            if not is_first:
                self._written.append("\n")
            is_first = False
            position = self._read_block(position, is_top=not tag)

    def _read_block(self, position: int, *, is_top: bool) -> int:
        text = self._text
        first = text[position]
        if first == "<":
            opened = OPEN_TAG.match(text, position)
            if opened is not None and opened[1] in BLOCK_TAGS:
                self._first_tag = self._first_tag or opened[1]
                return self._read_element(opened, is_top=is_top)
            if opened is None or BLOCK_TAG.match(text, position):
                raise UnknownForm
        elif first == "#":
            heading = HEADING.match(text, position)
            if heading is None:
                raise UnknownForm
            self._first_tag = self._first_tag or f"h{len(heading[1])}"
            self._read_heading(heading)
            return heading.end()
        elif BLOCK_START.match(text, position):
            raise UnknownForm
        end = text.find("\n\n", position)
        if end < 0:
            end = len(text) - text.endswith("\n")
        if text[position].isspace() or text[end - 1].isspace():
            raise UnknownForm
        self._first_tag = self._first_tag or "p"
        self._written.append("<p>")
        self._read_line(text[position:end])
        self._written.append("</p>")
        return end

    def _read_heading(self, heading: re.Match[str]) -> None:
        marks, words, listed = heading.groups()
        attributes = _listed(listed)
        level, identity = len(marks), attributes.get("id")
        if not identity or "\n" in words or words.endswith("#") or words.strip() != words:
            raise UnknownForm
        self._written.append(f"<h{level}{_written(attributes)}>")
        self._read_line(words)
        self._written.append(f"</h{level}>")
        inner = LINK.sub(lambda link: f"{link[2].join(_link_tag(link[3]))}{link[1]}</a>", words)
        self._headings.append(Heading(level=level, id=identity, inner=inner))

    def _read_element(self, opened: re.Match[str], *, is_top: bool) -> int:
        tag = opened[1]
        start, mode = _open_tag(tag, opened[2])
        if mode == "block" and tag not in RAW_TAGS:
            self._written.append(f"{start}\n")
            before = len(self._written), len(self._pieces)
            end = self.read_blocks(opened.end(), tag)
            if (len(self._written), len(self._pieces)) == before:
                raise UnknownForm
            self._written.append(f"\n</{tag}>")
            return end
        close = self._text.find(f"</{tag}>", opened.end())
        if close < 0:
            raise UnknownForm
        inner = self._text[opened.end() : close]
        end = close + len(tag) + 3
        if mode == "span":
            if tag in RAW_TAGS:
                raise UnknownForm
            self._written.append(start)
            self._read_line(inner)
            self._written.append(f"</{tag}>")
        elif mode:
            raise UnknownForm
        elif is_top:
            end = self._end_of_raw(opened, tag)
            if not BLOCK_END.match(self._text, end):
                raise UnknownForm
            self._written.append(f"{self._text[opened.start() : end]}\n")
        elif UNREAD.fullmatch(inner) and not _has_block_tag(inner):
            self._written.append(f"{start}{inner}</{tag}>")
        else:
            raise UnknownForm
        return end

    def _end_of_raw(self, opened: re.Match[str], tag: str) -> int:
        """Return where an element ends that is passed on as it is."""
        if tag in ("script", "style"):
            return self._text.index(f"</{tag}>", opened.end()) + len(tag) + 3
        open_ones = 1
        for found in re.compile(rf"<(/?){tag}(?![a-zA-Z0-9-])[^<>]*>").finditer(self._text, opened.end()):
            open_ones += -1 if found[1] else 1
            if not open_ones:
                if re.search(r"<[!?]|markdown=", self._text[opened.start() : found.end()]):
                    raise UnknownForm
                return found.end()
        raise UnknownForm

    def _read_line(self, line: str) -> None:
        """Write down the content of a paragraph or of an element of one."""
        if _has_block_tag(line):
            raise UnknownForm
        position = 0
        for link in LINK.finditer(line):
            words, address, listed = link.groups()
            before = line[position : link.start()]
            if not PLAIN.fullmatch(before) or not PLAIN.fullmatch(words) or before.endswith("!"):
                raise UnknownForm
            start, end = _link_tag(listed)
            self._written.append(before)
            self._written.append(start)
            self._pieces.append("".join(self._written))
            self._pieces.append(address)
            self._written = [end, words, "</a>"]
            position = link.end()
        rest = line[position:] if position else line
        if not PLAIN.fullmatch(rest):
            raise UnknownForm
        self._written.append(rest)


def _has_block_tag(line: str) -> bool:
    """Return whether a line has what `BLOCK_TAG` looks for; most have no such tag and few of any kind."""
    return "<" in line and any(name.lower() in BLOCK_TAGS for name in TAG_NAME.findall(line))


def _ids_of(written: str) -> list[str]:
    """Return the ids in HTML of the forms that are read here: no value of an attribute holds a quotation mark."""
    before, *rest = written.split(ID)
    ids = []
    for after in rest:
        if before[-1:].isspace() and '"' in after:
            ids.append(after[: after.index('"')])
        before = after
    return ids


@lru_cache(maxsize=4096)
def _open_tag(tag: str, attributes: str) -> tuple[str, str]:
    """Return an opening tag as Python-Markdown writes it, and the value of its attribute `markdown`."""
    if not attributes:
        return f"<{tag}>", ""
    given: dict[str, str] = {}
    for found in ATTRIBUTE.finditer(attributes):
        name, value = found[1], found[2]
        given.setdefault(name, name if value is None else value)
    mode = given.pop("markdown", "")
    read = {name: unescape(value) if "&" in value else value for name, value in given.items()}
    return f"<{tag}{_written(read)}>", mode


@lru_cache(maxsize=4096)
def _link_tag(listed: str | None) -> tuple[str, str]:
    """Return what stands before and after the address in the opening tag of a link."""
    attributes = _listed(listed) if listed else {}
    if "href" in attributes:
        raise UnknownForm
    before = {name: value for name, value in attributes.items() if name < "href"}
    after = {name: value for name, value in attributes.items() if name > "href"}
    return f'<a{_written(before)} href="', f'"{_written(after)}>'


def _listed(listed: str) -> dict[str, str | None]:
    """Return the attributes of a list like `.actor rel="next"`; the value of one without is None."""
    attributes: dict[str, str | None] = {}
    position = 0
    while position < len(listed):
        found = LISTED.match(listed, position)
        if found is None:
            raise UnknownForm
        name, identity, key, value = found.groups()
        if name:
            attributes["class"] = f"{attributes['class']} {name}" if "class" in attributes else name
        elif identity:
            attributes["id"] = identity
        elif value is None and "-" not in key:
            # HTML's own attributes without a value are written in another way.
            raise UnknownForm
        else:
            attributes[key] = value
        position = found.end()
    return attributes


def _written(attributes: Mapping[str, str | None]) -> str:
    """Return attributes in the order that Python-Markdown gives them."""
    return "".join(
        f" {name}" if value is None else f' {name}="{_escaped(value)}"'
        for name, value in sorted(attributes.items())
    )


def _escaped(value: str) -> str:
    if "&" in value:
        value = LONE_AMPERSAND.sub("&amp;", value)
    return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
