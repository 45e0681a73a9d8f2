"""What a preview shows of an actor, issue, document, source, passage or annotation: plain words, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from generator.model.citation import plain_text
from generator.model.index import PageBacklinks, Reference, Statement
from generator.model.linked import LinkedText, Passage
from generator.model.records import PreviewKind, Role
from generator.recent import Recent
from generator.render.cited import rights_in_short
from generator.render.escape import FORBIDDEN
from generator.render.page import NO_VOICES, Dossier, place_of_correction
from generator.render.paths import ABOUT_PAGE, page_key
from generator.render.reads import Reads, make_traced, note_all
from generator.text.dates import parse_date
from generator.text.ids import annotation_id
from generator.text.sentences import find_sentences

# Entries that are kept, and pages whose passages and statements are: many are asked for again and again.
KEPT_ENTRIES = 8192
KEPT_OWNERS = 1024
# Whole sentences up to here, but at least the first.
MAX_OPENING_CP = 240
MAX_OPENING_WORDS = 50
# Enough of a passage to know whether it is worth the way; a short preview has less.
MAX_QUOTED_WORDS = 60
SHORT_QUOTED_WORDS = 25
SHOWN_NAMES = 3
SHOWN_SPEAKERS = 4
SHOWN_PAGES = 4
# Roles of texts whose paragraphs are quoted; in all others it is the editors who speak.
QUOTED = frozenset(("transcription",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A preview in two lengths. Keys are those that `card-content.js` reads; what is empty is left out.

    `label` the kind in words; `name`; `lines` what its record says; `text` with its language `lang`; `quote` whether
    the text is quoted; `state` and `proof` how far a quotation is proven; `counts`; `rights`; `list` and `items` pages
    as key and words; `cited` and `where` the same for where it is cited, `all` the key of the page with all of them.
    """

    kind: PreviewKind | Literal["cited"]
    long: dict[str, object]
    short: dict[str, object]

    def only_cited(self) -> Entry | None:
        """Return what cards of notes need of it: how often it is cited, and where."""
        keys = ("rights", "cited", "where", "all", "more")
        long, short = ({key: of[key] for key in keys if key in of} for of in (self.long, self.short))
        return Entry(kind="cited", long=long, short=short) if long else None


class EntryMaker:
    """Makes the entries of one dossier; those that were asked for last are not made again."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._strings = dossier.strings
        self._corpus = dossier.corpus
        self._entries = Recent[tuple[str, str], tuple[Entry | None, Reads]](KEPT_ENTRIES)
        self._statements = Recent[str, tuple[dict[str, Statement], Reads]](KEPT_OWNERS)
        self._passages = Recent[str, tuple[dict[str, tuple[LinkedText, Passage]], Reads]](KEPT_OWNERS)

    def of_page(self, slug: str) -> Entry | None:
        """Return the entry of the page of a slug."""
        return self.of_anchor(slug, "")

    def of_anchor(self, slug: str, anchor: str) -> Entry | None:
        """Return the entry of a passage or annotation by its id on the page of a slug; None for any other id."""
        entry, reads = self._entries.get((slug, anchor), partial(make_traced, self._make, slug, anchor))
        note_all(reads)
        return entry

    def _make(self, slug: str, anchor: str) -> Entry | None:
        if anchor:
            statement = self._statements_of(slug).get(anchor)
            if statement is not None:
                return self._annotation(statement)
            found = self._passages_of(slug).get(anchor)
            return self._passage(slug, *found) if found is not None else None
        kind = self._corpus.kind_of(slug)
        if kind == "actor":
            return self._actor(slug)
        if kind == "issue":
            return self._issue(slug)
        return self._document(slug) if kind == "document" else self._source(slug)

    def _passages_of(self, slug: str) -> dict[str, tuple[LinkedText, Passage]]:
        passages, reads = self._passages.get(slug, partial(make_traced, self._find_passages, slug))
        note_all(reads)
        return passages

    def _find_passages(self, slug: str) -> dict[str, tuple[LinkedText, Passage]]:
        """Return the passages of a page that have ids of their own, by these, and the texts that they are of."""
        texts = (self._dossier.linked.texts[key] for key in self._dossier.texts_of.get(slug, ()))
        return {
            passage.permalink: (text, passage)
            for text in texts
            if text.is_published and not text.anchor
            for passage in text.passages
        }

    def _statements_of(self, slug: str) -> dict[str, Statement]:
        """Return the statements of a page by their ids on it."""
        statements, reads = self._statements.get(slug, partial(make_traced, self._find_statements, slug))
        note_all(reads)
        return statements

    def _find_statements(self, slug: str) -> dict[str, Statement]:
        statements = self._dossier.index.of_document.get(slug, ())
        return {annotation_id(one.annotation.id): one for one in reversed(statements)}

    def _actor(self, slug: str) -> Entry:
        record = self._corpus.actors[slug].record
        role = self._latest_role(slug, record.roles)
        counts = [self._counted("preview_statements", self._dossier.said_counts.get(slug, 0))]
        values: dict[str, object] = {
            "label": _capitalised(record.kind),
            "name": record.name,
            "lines": [role],
            **self._opening(self._dossier.linked.text(slug, "profile")),
            "counts": _joined([*counts, self._named(slug)]),
        }
        return _entry("actor", values, {"text": ""})

    def _issue(self, slug: str) -> Entry:
        voices = self._dossier.voices_on.get(slug, NO_VOICES)
        most = sorted(voices.speakers, key=lambda spoke: (-spoke[1], spoke[0]))
        speakers = [speaker for speaker, _ in most[:SHOWN_SPEAKERS]]
        values: dict[str, object] = {
            "label": self._words("preview_issue"),
            "name": self._corpus.name_of(slug),
            **self._opening(self._dossier.linked.text(slug, "overview")),
            "counts": _joined([self._counted("preview_annotated", voices.statements), self._named(slug)]),
            "list": self._words("preview_speakers") if speakers else "",
            "items": [[page_key(self._corpus, one), self._corpus.name_of(one)] for one in speakers],
        }
        return _entry("issue", values, {"text": "", "list": "", "items": []})

    def _document(self, slug: str) -> Entry:
        record = self._corpus.documents[slug].record
        authors = record.authors or record.signatories
        by = self._words("preview_by", names=self._names(authors)) if authors else ""
        publisher = self._corpus.name_of(record.publisher) if record.publisher else ""
        values: dict[str, object] = {
            "label": self._words(
                "preview_dated", kind=_capitalised(record.kind), date=self._date(record.date)
            ),
            "name": record.title,
            "lines": [by, self._words("preview_published_by", name=publisher) if publisher else ""],
            **self._opening(self._dossier.linked.text(slug, "digest")),
            # That of the title: the digest is in the dossier's own.
            "lang": self._foreign(record.language),
            "counts": self._counted("preview_annotated", len(self._dossier.index.of_document.get(slug, ()))),
            "rights": rights_in_short(self._dossier, slug),
            **self._cited(slug, "preview_cited_elsewhere", "backlinks"),
        }
        return _entry("document", values, {"text": "", "where": [], "more": ""})

    def _source(self, slug: str) -> Entry:
        citation = self._corpus.citations[slug]
        label = self._words("preview_source")
        if citation.issued:
            label = self._words("preview_dated", kind=label, date=self._date(citation.issued))
        values: dict[str, object] = {
            "label": label,
            "name": citation.title,
            # The whole citation, never cut.
            "text": plain_text(self._dossier.citations[slug].bibliography),
            **self._cited(slug, "preview_cited", "uses"),
        }
        return _entry("source", values, {"where": [], "more": ""})

    def _annotation(self, statement: Statement) -> Entry:
        annotation = statement.annotation
        document = self._corpus.documents[statement.document].record
        is_numbered = statement.passage is not None and document.rights.publish == "full"
        place = statement.passage if is_numbered else None
        speakers = self._names(annotation.speakers) or annotation.attribution or ""
        if speakers and annotation.addressees:
            names = {"speakers": speakers, "addressees": self._names(annotation.addressees)}
            speakers = self._words("preview_to", **names)
        values: dict[str, object] = {
            "label": self._words("preview_annotation", date=self._date(statement.date)),
            "name": self._place_name(self._corpus.name_of(statement.document), place),
            "lines": [speakers],
            "text": " ".join(annotation.quote.split()),
            "lang": self._foreign(document.language),
            "quote": True,
            "state": statement.state,
            "proof": self._words(f"state_{statement.state}"),
        }
        return _entry("passage", values, {"text": _first_words(annotation.quote, SHORT_QUOTED_WORDS)})

    def _passage(self, slug: str, text: LinkedText, passage: Passage) -> Entry:
        name = self._corpus.name_of(slug)
        words = " ".join(leaf.text for leaf in passage.block.leaves())
        values: dict[str, object]
        if text.role in QUOTED:
            date = self._date(self._corpus.documents[slug].record.date)
            values = {
                "label": self._words("preview_passage", date=date),
                "name": self._place_name(name, passage.number),
                "quote": True,
                "state": "transcribed",
                "proof": self._words("state_transcribed"),
            }
        else:
            values = {"label": self._words(f"preview_{text.role}"), "name": name}
        values |= {"text": _first_words(words, MAX_QUOTED_WORDS), "lang": self._foreign(text.language)}
        return _entry("passage", values, {"text": _first_words(words, SHORT_QUOTED_WORDS)})

    def _cited(self, slug: str, words: str, anchor: str) -> dict[str, object]:
        """Return how often other pages cite this one, the first of them, and where all are listed."""
        citing = [
            (backlinks, uses)
            for backlinks in self._dossier.index.backlinks.get(slug, ())
            if (uses := [one for one in backlinks.references if _is_citation(one)])
        ]
        if not citing:
            return {}
        more = len(citing) - SHOWN_PAGES
        return {
            "cited": self._counted(words, sum(len(uses) for _, uses in citing)),
            "where": [self._place(backlinks, uses[0]) for backlinks, uses in citing[:SHOWN_PAGES]],
            "all": f"{page_key(self._corpus, slug)}#{anchor}",
            "more": self._counted("preview_more_pages", more) if more > 0 else "",
        }

    def _place(self, backlinks: PageBacklinks, reference: Reference) -> list[str]:
        """Return the key of the place that cites, and the name of its page."""
        if backlinks.source:
            page, name = page_key(self._corpus, backlinks.source), self._corpus.name_of(backlinks.source)
        elif backlinks.role == "about":
            page, name = ABOUT_PAGE.removesuffix(".md"), self._words("preview_about")
        elif backlinks.role == "correction":
            place = place_of_correction(self._dossier, reference.anchor)
            page, name = place.removesuffix(".md"), self._words("corrections")
        else:
            page, name = "", self._words("preview_introduction")
        return [f"{page}#{reference.anchor}" if reference.anchor else page, name]

    def _latest_role(self, slug: str, roles: Sequence[Role]) -> str:
        """Return the role with the latest date in words, the last in the record among equal ones."""
        if not roles:
            return ""
        latest = max(range(len(roles)), key=lambda n: (_latest_day(roles[n].date), n))
        text = self._dossier.linked.text(slug, "field", f"roles.{latest}.role")
        words = " ".join(leaf.text for leaf in text.leaves) if text is not None else roles[latest].role
        at = roles[latest].at
        return self._words("preview_role", role=words, at=self._corpus.name_of(at)) if at else words

    def _opening(self, text: LinkedText | None) -> dict[str, object]:
        """Return the first whole sentences of a text's first paragraph, with its language if it is a foreign one."""
        first = next((leaf for leaf in text.leaves if leaf.kind == "paragraph"), None) if text else None
        if text is None or first is None:
            return {}
        end = 0
        for sentence in find_sentences(first.text, text.language):
            if end and sentence.end > MAX_OPENING_CP:
                break
            end = sentence.end
        return {
            "text": _first_words(first.text[:end], MAX_OPENING_WORDS),
            "lang": self._foreign(text.language),
        }

    def _named(self, slug: str) -> str:
        named = self._dossier.index.named_in.get(slug, {})
        if not named:
            return ""
        documents = self._strings.plain("preview_documents", n=len(named))
        return self._strings.plain("preview_named", n=sum(named.values()), documents=documents)

    def _names(self, slugs: Sequence[str]) -> str:
        """Return the names of several pages; of many the first."""
        shown = slugs if len(slugs) <= SHOWN_NAMES + 1 else slugs[:SHOWN_NAMES]
        names = self._strings.plain("list_separator").join(self._corpus.name_of(slug) for slug in shown)
        left = len(slugs) - len(shown)
        return self._strings.plain("preview_and_more", n=left, names=names) if left else names

    def _place_name(self, document: str, passage: int | None) -> str:
        if passage is None:
            return document
        number = self._strings.plain("passage_number", number=passage)
        return self._strings.plain("list_separator").join((document, number))

    def _counted(self, key: str, number: int) -> str:
        return self._strings.plain(key, n=number) if number else ""

    def _words(self, key: str, **values: str) -> str:
        return self._strings.plain(key, **values)

    def _date(self, edtf: str) -> str:
        return self._strings.date(edtf)

    def _foreign(self, language: str | None) -> str:
        """Return a language where it is not the dossier's own."""
        return language if language and language != self._corpus.dossier.record.language else ""


def _entry(kind: PreviewKind, values: dict[str, object], shorter: dict[str, object]) -> Entry:
    long = {"kind": kind, **_clean(values)}
    return Entry(kind=kind, long=_held(long), short=_held({**long, **_clean(shorter)}))


def _clean(values: dict[str, object]) -> dict[str, object]:
    """Return the values without letters that no page may hold."""
    return {key: _permitted(value) for key, value in values.items()}


def _held(values: dict[str, object]) -> dict[str, object]:
    """Return the values without empty ones."""
    return {key: value for key, value in values.items() if value}


def _permitted(value: object) -> object:
    if isinstance(value, str):
        return " ".join(FORBIDDEN.sub("\ufffd", value).split())
    if isinstance(value, list):
        return [one for one in map(_permitted, value) if one]
    return value


def _is_citation(reference: Reference) -> bool:
    """Return whether a reference cites; a role of an actor cites the passages that prove it."""
    return reference.kind in ("citation", "footnote") or (
        reference.kind == "record" and reference.relation == "role"
    )


@cache
def _latest_day(edtf: str | None) -> str:
    """Return the last day that a date can mean; undated roles come before all others."""
    return parse_date(edtf).latest if edtf else ""


def _joined(words: Sequence[str]) -> str:
    return " · ".join(word for word in words if word)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _first_words(text: str, limit: int) -> str:
    words = text.split()
    return " ".join(words[:limit]) + (" …" if len(words) > limit else "")
