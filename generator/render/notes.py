"""The notes of one page: footnotes of the document by their own numbers, the editors' citations by letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import ascii_lowercase

from generator.model.text import CitedTarget
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.strings import Strings
from generator.text.ids import footnote_key, note_id, note_mark_id

RenderCited = Callable[[CitedTarget], Markdown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A finished note: its id, its mark as printed, its content, and the ids of the marks that lead to it.

    `kind` says in words what it is, such as `Note 3 of the document`.
    """

    id: str
    mark: str
    kind: str
    content: Markdown
    mark_ids: tuple[str, ...]


@dataclass(slots=True)
class _OpenNote:
    mark: str
    content: Markdown
    mark_ids: list[str] = field(default_factory=list)


class PageNotes:
    """Gathers the notes of one page while its texts are rendered, in the order of their first marks.

    Equal citations share one note. `page` goes into every id, so that pages put together never clash.
    """

    def __init__(self, page: str, strings: Strings) -> None:
        self._page = page
        self._strings = strings
        self._cited: dict[tuple[CitedTarget, ...], str] = {}
        self._open: dict[str, _OpenNote] = {}

    def cite(self, cited: tuple[CitedTarget, ...], render: RenderCited) -> Markdown:
        """Return the mark of an editors' citation, and keep its note."""
        label = self._cited.get(cited)
        if label is None:
            label = letters(len(self._cited))
            self._cited[cited] = label
            content = Markdown(" ".join(render(one) for one in cited))
            self._open[f"c-{label}"] = _OpenNote(mark=label, content=content)
        return self._mark(f"c-{label}", "citation")

    def mark_footnote(self, label: str, key: str) -> Markdown:
        """Return a mark of the footnote kept as `key`, printed as `label`; `define_footnote` gives its words."""
        self._open.setdefault(key, _OpenNote(mark=label, content=Markdown("")))
        return self._mark(key, "footnote")

    def define_footnote(self, label: str, key: str, content: Markdown) -> None:
        """Give a footnote its words."""
        self._open.setdefault(key, _OpenNote(mark=label, content=content)).content = content

    def extend_footnote(self, key: str, addition: Markdown) -> None:
        """Put what the editors add behind a footnote's words."""
        note = self._open[key]
        note.content = Markdown(f"{note.content} {addition}")

    def footnotes(self) -> tuple[Note, ...]:
        """Return the footnotes of the document, in the order in which they were first marked or defined."""
        return self._finished("n-")

    def citations(self) -> tuple[Note, ...]:
        """Return the editors' citations, in the order of their letters."""
        return self._finished("c-")

    def _mark(self, key: str, kind: str) -> Markdown:
        note = self._open[key]
        mark_id = note_mark_id(self._page, key, len(note.mark_ids) + 1)
        note.mark_ids.append(mark_id)
        name = escape_attribute(self._strings.plain("note_name", mark=note.mark))
        return Markdown(
            f'<sup class="note-mark {kind}"><a class="footnote-ref" role="doc-noteref" id="{mark_id}"'
            f' href="#{note_id(self._page, key)}" aria-label="{name}">{escape_text(note.mark)}</a></sup>'
        )

    def _finished(self, prefix: str) -> tuple[Note, ...]:
        return tuple(
            Note(
                id=note_id(self._page, key),
                mark=note.mark,
                kind=self._strings.plain(_kind_of(key, note.mark), mark=note.mark),
                content=note.content,
                mark_ids=tuple(note.mark_ids),
            )
            for key, note in self._open.items()
            if key.startswith(prefix)
        )


def _kind_of(key: str, mark: str) -> str:
    """Return the key of the words for a note's kind: the document's own, the editors' note, or their citation."""
    if key.startswith("c-"):
        return "note_citation"
    return "note_of_document" if key == footnote_key(mark, "transcription", "") else "note_of_editors"


def letters(index: int) -> str:
    """Return the index-th mark, counted from 0: a to z, then aa, ab and so on."""
    mark = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, len(ascii_lowercase))
        mark = ascii_lowercase[remainder] + mark
    return mark
