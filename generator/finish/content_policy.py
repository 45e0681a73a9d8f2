"""The content policy: a `<meta>` in each page that lets nothing run, and nothing load, but what the site brings itself.

It is the second layer; the first is that every value is escaped when a page is written.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import cast

from lxml import etree, html

from generator.diagnostics import Diagnostic, error, warning
from generator.model.places import Place

# Content Security Policy Level 3. What is not named here is refused by `default-src`: frames, objects, workers, sound.
# A `<meta>` cannot say `frame-ancestors`, `report-uri` or `sandbox`.
START = "default-src 'none'"
# Pagefind is a module and a WebAssembly program. From disk it is imported from a Blob, as `file:` refuses modules.
SCRIPTS = "script-src 'self' blob: 'wasm-unsafe-eval'"
STYLES = "style-src 'self'"
REST = (
    "img-src 'self' data:",  # the theme's icons are masks with `data:` addresses
    "font-src 'self'",
    "media-src 'self'",  # a page of the editors' own may hold a recording
    "connect-src 'self'",  # Pagefind fetches its index over HTTP
    "form-action 'self'",  # the search form leads to the search page
    "base-uri 'none'",
)

# HTML standard, "prepare the script element": every other type is a block of data, which never runs.
RUNNING_TYPES = frozenset(
    (
        "", "module", "importmap", "speculationrules", "application/ecmascript", "application/javascript",
        "application/x-ecmascript", "application/x-javascript", "text/ecmascript", "text/javascript",
        "text/javascript1.0", "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4",
        "text/javascript1.5", "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript",
    )
)  # fmt: skip
# What Python-Markdown writes into the cells of a table with aligned columns.
ALIGNMENT = re.compile(r"text-align: (?:left|center|right);")
# javascript:…, also with the blanks and control characters that browsers skip
SCRIPT_ADDRESS = re.compile(r"[\x00-\x20]*j[\t\n\r]*a[\t\n\r]*v[\t\n\r]*a[\t\n\r]*s[\t\n\r]*c[\t\n\r]*r[\t\n\r]*i"
                            r"[\t\n\r]*p[\t\n\r]*t[\t\n\r]*:", re.IGNORECASE)  # fmt: skip
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data")
# What a glance at an article in small letters looks for: more than can run, so that nothing is overlooked. Patterns
# begin with letters, so that the search for them is that for a word.
STYLE = re.compile(r"style\s*=")
HANDLER = re.compile(r"on[a-z]+\s*=")
# href="https://…", src="a/b.png": addresses of any other form are looked at.
DOUBTFUL_ADDRESSES = tuple(
    re.compile(rf"{name}\s*=\s*(?!\"(?:https?://|mailto:|[^\"':&\s<>]*[\"#?]))")
    for name in ("href", "src", "action", "data")
)
# The data of the page's cards, see templates/partials/previews.md.j2.
DATA_SCRIPT = '<script type="application/json" class="previews">'
# <script>…</script>, <script src="../a.js"></script>, <script id="__config" type="application/json">{}</script>
FRAME_SCRIPT = re.compile(
    r'<script( src="[^"<>]*"| id="__config" type="application/json"|)>([^<]*(?:<(?!/?script|!--)[^<]*)*)</script>',
    re.IGNORECASE,
)
# Of a theme there are as many as its pages have depths.
MAX_KNOWN = 64
# A policy of ours that an earlier run wrote.
WRITTEN = re.compile(rf'\s*<meta http-equiv="Content-Security-Policy" content="{START};[^">]*">')


# Policies by the inline scripts that a parser found in a page around its article, where it found nothing to refuse.
_KNOWN: dict[tuple[str, ...], str] = {}


def policy_of(text: str, shown: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the policy of a page, and an error for each script or style in it that the policy refuses.

    The theme's own inline scripts are let run by their hashes. A script in the article, where the words of the corpus
    stand, is not: it would be one that somebody smuggled in.
    """
    start, end = _article(text)
    if not is_harmless(text[start:end]):
        return _read_policy(text, shown, _lines_of(text, start, end))
    # What stands around the article, which holds nothing that runs.
    frame = f"{text[:start]}{text[end:]}"
    scripts = _glance_at_scripts(frame)
    if scripts is not None and scripts in _KNOWN:
        return _KNOWN[scripts], ()
    policy, found = _read_policy(frame, shown, range(0))
    if found:
        return _read_policy(text, shown, _lines_of(text, start, end))
    if scripts is not None and policy == _policy(scripts, ()):
        if len(_KNOWN) == MAX_KNOWN:
            _KNOWN.clear()
        _KNOWN[scripts] = policy
    return policy, ()


def is_harmless(article: str) -> bool:
    """Return whether a glance shows that nothing in an article runs or styles itself; in doubt, it does not."""
    small = article.lower()
    if small.count("<script") != article.count(DATA_SCRIPT) or "<style" in small or STYLE.search(small):
        return False
    if any(pattern.search(small) for pattern in DOUBTFUL_ADDRESSES):
        return False
    # data-annotations="…" is no handler.
    return all(
        small[found.start() - 1] not in " \t\r\n\f\"'/" for found in HANDLER.finditer(small) if found.start()
    )


def _glance_at_scripts(frame: str) -> tuple[str, ...] | None:
    """Return the inline scripts around an article where nothing else there runs or styles itself; in doubt, None."""
    scripts = FRAME_SCRIPT.findall(frame)
    rest = FRAME_SCRIPT.sub("", frame)
    is_plain = "<!--" not in frame and "<script" not in rest.lower() and is_harmless(rest)
    return tuple(words for kind, words in scripts if not kind) if is_plain else None


def _read_policy(text: str, shown: str, article: range) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the policy of a page as its elements make it, and what they hold that it refuses."""
    scripts: list[str] = []
    styles: list[str] = []
    found: list[Diagnostic] = []
    page = text.encode("utf-8", "surrogateescape")
    root = html.document_fromstring(
        page or b"<html>", parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    for element in root.iter(etree.Element):
        place = Place(path=shown, line=cast("int | None", element.sourceline) or 1)
        if element.tag == "script" and _is_inline(element):
            if place.line in article:
                found.append(_refused(place, "a script stands in the text of the page"))
            else:
                scripts.append(element.text or "")
        found.extend(_refused(place, what) for what in _running_attributes(element))
        style = element.get("style", "")
        if ALIGNMENT.fullmatch(style):
            styles.append(style)
        elif style or element.tag == "style":
            found.append(_without_effect(place, f'`style="{style}"`' if style else "a `<style>` element"))
    return _policy(scripts, styles), tuple(found)


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Return the words of a policy that lets these inline scripts and style attributes, and no others, work."""
    hashes = [_hash(script) for script in dict.fromkeys(scripts)]
    directives = [START, " ".join([SCRIPTS, *hashes])]
    aligned = [_hash(style) for style in sorted(set(styles))]
    # 'unsafe-hashes' lets attributes with exactly these words apply; without it hashes count for elements alone.
    directives.append(" ".join([STYLES, "'unsafe-hashes'", *aligned]) if aligned else STYLES)
    return "; ".join([*directives, *REST])


def _hash(words: str) -> str:
    """Return the source expression of inline code, hashed as the browser sees it: line ends are LF."""
    seen = words.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{b64encode(sha256(seen.encode('utf-8', 'replace')).digest()).decode()}'"


def insert_policy(text: str, start: int, policy: str) -> str:
    """Return the page with the policy at the offset `start`, in place of an earlier one."""
    former = WRITTEN.match(text, start)
    end = former.end() if former else start
    return f'{text[:start]}\n      <meta http-equiv="Content-Security-Policy" content="{policy}">{text[end:]}'


def _article(text: str) -> tuple[int, int]:
    """Return where the first article of a page begins and where the last one ends.

    Not what the parser takes for the article: smuggled words could close it before a script.
    """
    start, end = text.find("<article"), text.rfind("</article>")
    return (0, 0) if start < 0 or end < start else (start, end)


def _lines_of(text: str, start: int, end: int) -> range:
    """Return the lines of the article; the theme's own scripts stand on lines outside."""
    if end == 0:
        return range(0)
    return range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)


def _is_inline(script: html.HtmlElement) -> bool:
    return script.get("src") is None and script.get("type", "").strip().lower() in RUNNING_TYPES


def _running_attributes(element: html.HtmlElement) -> Iterator[str]:
    """Yield what attributes of an element would run."""
    for name, value in element.items():
        lowered = str(name).lower()
        if lowered.startswith("on"):
            yield f"`{lowered}` is an inline event handler"
        elif lowered in ADDRESSES and SCRIPT_ADDRESS.match(str(value)):
            yield f"the address `{str(value).strip()[:60]}` is a script"


def _refused(place: Place, what: str) -> Diagnostic:
    return error(
        place,
        "inline-script",
        what,
        why="the content policy lets it run nowhere: text that came from outside could do the same",
        help="put the script into a file in docs/ and name it under `extra_javascript` in mkdocs.yml",
    )


def _without_effect(place: Place, what: str) -> Diagnostic:
    return warning(
        place,
        "inline-style",
        f"{what} has no effect",
        why="the content policy allows styles from files alone",
        help="give the element a class, and the class its style in a file named under `extra_css` in mkdocs.yml",
    )
