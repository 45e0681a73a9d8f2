"""Every quotation looked for where it must stand: those of annotations, and those that the editors' sentences cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, error, warning
from generator.link.evidence import DocumentEvidence, Evidence, Found, TextKey
from generator.link.prose_quotations import CitedWords, find_cited_words, readings
from generator.link.quotations import Selector
from generator.model.corpus import Corpus
from generator.model.linked import (
    LinkedText,
    LocatedQuotation,
    ProseQuotation,
    SearchedText,
)
from generator.model.places import Place
from generator.model.records import Annotation
from generator.model.text import Span
from generator.text.word_diff import show_changes

SHOWN_QUOTATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """All quotations with their states; see `LinkedCorpus`."""

    quotations: Mapping[tuple[str, str], LocatedQuotation]
    prose: Mapping[TextKey, tuple[ProseQuotation, ...]]
    searched: Mapping[str, SearchedText]


@dataclass(slots=True)
class Tally:
    """What quotations of one document came to: those that nothing proves, and the spans of those that were found.

    `sha256` is that of the text searched, see `SearchedText`.
    """

    unproven: list[tuple[Place, str]] = field(default_factory=list)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedTexts:
    """The quotations of some documents and texts, and what they came to by the document quoted.

    `annotated` has the tallies of the documents' own annotations, `cited` those of the words that texts cite.
    """

    quotations: Mapping[tuple[str, str], LocatedQuotation]
    prose: Mapping[TextKey, tuple[ProseQuotation, ...]]
    annotated: Mapping[str, Tally]
    cited: Mapping[str, Tally]
    found: tuple[Diagnostic, ...]


def verify_texts(
    corpus: Corpus,
    texts: Mapping[TextKey, LinkedText],
    own: Mapping[TextKey, LinkedText],
    documents: Iterable[str],
) -> VerifiedTexts:
    """Return the quotations of these documents' annotations, and those that the texts `own` cite; `texts` are all.

    A quotation is looked for in the transcription; where there is none, in the source file; where neither is at hand
    the lock must cover it. Nothing is looked for elsewhere, and nothing is found by likeness.
    """
    evidence = Evidence(corpus, texts)
    annotated: dict[str, Tally] = defaultdict(Tally)
    found: list[Diagnostic] = []
    quotations: dict[tuple[str, str], LocatedQuotation] = {}
    for slug in documents:
        if slug in corpus.documents:
            entry = corpus.annotations[slug]
            for index, annotation in enumerate(entry.record):
                place = entry.place(index, "quote")
                located, faults = _locate(slug, annotation, place, evidence[slug], annotated[slug])
                quotations[slug, annotation.id] = located
                found.extend(faults)
    cited: dict[str, Tally] = defaultdict(Tally)
    prose: dict[TextKey, tuple[ProseQuotation, ...]] = {}
    for key, text in own.items():
        in_text = []
        for words in find_cited_words(text):
            quotation, faults = _locate_cited(words, corpus, evidence, cited)
            found.extend(faults)
            if quotation is not None:
                in_text.append(quotation)
        if in_text:
            prose[key] = tuple(in_text)
    for slug, tally in (*annotated.items(), *cited.items()):
        tally.sha256 = evidence[slug].text_sha256
    return VerifiedTexts(
        quotations=quotations,
        prose=prose,
        annotated=dict(annotated),
        cited=dict(cited),
        found=tuple(found),
    )


def join_verified(
    corpus: Corpus, texts: Mapping[TextKey, LinkedText], parts: Sequence[VerifiedTexts]
) -> tuple[Verified, tuple[Diagnostic, ...]]:
    """Return the quotations of all parts, in the order of the texts, and an error for each that is not proven."""
    found = [diagnostic for part in parts for diagnostic in part.found]
    tallies: dict[str, Tally] = {}
    for part in (*(part.annotated for part in parts), *(part.cited for part in parts)):
        for slug, tally in part.items():
            total = tallies.setdefault(slug, Tally(sha256=tally.sha256))
            total.unproven.extend(tally.unproven)
            total.spans.update(tally.spans)
    evidence = Evidence(corpus, texts)
    for slug, tally in sorted(tallies.items()):
        if tally.unproven:
            found.extend(_report_unproven(corpus, slug, evidence[slug], tally))
        if tally.spans and corpus.lock is not None:
            found.extend(_report_outdated(corpus, slug, evidence[slug], tally))
    searched = {
        slug: SearchedText(sha256=tally.sha256, spans=tally.spans) for slug, tally in sorted(tallies.items())
    }
    verified = Verified(
        quotations={key: one for part in parts for key, one in part.quotations.items()},
        prose={key: ones for part in parts for key, ones in part.prose.items()},
        searched=searched,
    )
    return verified, tuple(found)


def _locate(
    slug: str, annotation: Annotation, place: Place, evidence: DocumentEvidence, tally: Tally
) -> tuple[LocatedQuotation, tuple[Diagnostic, ...]]:
    selector = Selector(quote=annotation.quote, prefix=annotation.prefix, suffix=annotation.suffix)
    found = evidence.find(selector)
    _count(found, tally)
    faults: tuple[Diagnostic, ...] = ()
    if found.state == "unchecked":
        tally.unproven.append((place, f"`{annotation.id}`"))
    elif found.state == "missing":
        faults = (
            _ambiguous(annotation, place, evidence, found.count)
            if found.count
            else _not_found(annotation, place, evidence),
        )
    passage = None
    if found.leaf_spans and evidence.transcription is not None:
        holder = evidence.transcription.passage_at(found.leaf_spans[0].leaf)
        passage = holder.number if holder is not None else None
    located = LocatedQuotation(
        document=slug, annotation=annotation.id, state=found.state, spans=found.leaf_spans, passage=passage
    )
    return located, faults


def _locate_cited(
    cited: CitedWords,
    corpus: Corpus,
    evidence: Evidence,
    tallies: Mapping[str, Tally],
) -> tuple[ProseQuotation | None, tuple[Diagnostic, ...]]:
    """Return the quotation where one of the documents cited by its sentence has it, None where none is cited.

    The words must stand within one document, anywhere in it.
    """
    documents = [slug for slug in cited.cited if slug in corpus.documents]
    if not documents:
        return None, ()
    for slug in documents:
        for words in readings(cited.words):
            found = evidence[slug].find(Selector(quote=words), anywhere=True)
            if found.state in ("verified", "verified-in-source"):
                _count(found, tallies[slug])
                return ProseQuotation(leaf=cited.leaf, span=cited.span, document=slug, state=found.state), ()
    absent = [slug for slug in documents if not evidence[slug].is_at_hand]
    if absent:
        tallies[absent[0]].unproven.append((cited.place, f"“{_short(cited.words, 60)}”"))
        return ProseQuotation(leaf=cited.leaf, span=cited.span, document="", state="unchecked"), ()
    quotation = ProseQuotation(leaf=cited.leaf, span=cited.span, document="", state="missing")
    return quotation, (_not_in_cited(cited, [evidence[slug] for slug in documents]),)


def _count(found: Found, tally: Tally) -> None:
    if found.spans:
        tally.spans[found.digest] = found.spans


def _not_found(annotation: Annotation, place: Place, evidence: DocumentEvidence) -> Diagnostic:
    if evidence.is_redacted(annotation.quote):
        return error(
            place,
            "quote-not-found",
            f"the quotation of `{annotation.id}` has words that are redacted: “{_short(annotation.quote)}”",
            why="this edition does not show them",
            help="quote other words, leave them out by […], or make the annotation `internal: true`",
        )
    nearest = evidence.nearest(annotation.quote)
    is_there = nearest and evidence.find(Selector(quote=annotation.quote), anywhere=True).count
    return error(
        place,
        "quote-not-found",
        f"the quotation of `{annotation.id}` is not in {evidence.path}: “{_short(annotation.quote)}”",
        why="what is not there word for word cannot be quoted",
        help=(
            "the words are there, but not between this prefix and suffix; correct them"
            if is_there
            else _help(annotation.quote, nearest, "restore it or remove the annotation")
        ),
    )


def _not_in_cited(cited: CitedWords, searched: list[DocumentEvidence]) -> Diagnostic:
    paths = " or ".join(dict.fromkeys(one.path for one in searched))
    return error(
        cited.place,
        "quote-not-found",
        f"the words in quotation marks are not in {paths}: “{_short(cited.words)}”",
        why="the sentence cites it, and what is not there word for word cannot be quoted",
        help=_help(cited.words, searched[0].nearest(cited.words), "restore it")
        + "; or take the quotation marks away",
    )


def _help(quote: str, nearest: str, otherwise: str) -> str:
    if not nearest:
        return f"the text is empty; {otherwise}"
    return f"nearest words: {_short(show_changes(quote, nearest), 400)}"


def _ambiguous(annotation: Annotation, place: Place, evidence: DocumentEvidence, count: int) -> Diagnostic:
    return error(
        place,
        "ambiguous-quote",
        f"the quotation of `{annotation.id}` stands {count} times in {evidence.path}: “{_short(annotation.quote)}”",
        why="the note could stand at any of them",
        help="add the words just before it as `prefix:` or just after it as `suffix:`",
    )


def _report_unproven(corpus: Corpus, slug: str, evidence: DocumentEvidence, tally: Tally) -> list[Diagnostic]:
    """Return one finding for all quotations of a document that neither a text nor the lock proves."""
    if not tally.unproven or ("texts", slug) in corpus.left_out:
        return []
    count = len(tally.unproven)
    shown = ", ".join(what for _, what in tally.unproven[:SHOWN_QUOTATIONS])
    more = f" and {count - SHOWN_QUOTATIONS} more" if count > SHOWN_QUOTATIONS else ""
    report = error if corpus.dossier.record.quotations.require else warning
    return [
        report(
            min(place for place, _ in tally.unproven),
            "quote-not-proven",
            f"{count} quotation{'s' if count > 1 else ''} of `{slug}` not proven: {shown}{more}",
            why="neither transcription nor source file is at hand, and "
            + (evidence.lock_fault or "evidence.lock does not hold these words"),
            help="run `dossier quotes --sources DIR` where the source files are, and commit evidence.lock; or set "
            "`quotations: {require: false}` in dossier.md, and readers see them as not verified",
        )
    ]


def _report_outdated(corpus: Corpus, slug: str, evidence: DocumentEvidence, tally: Tally) -> list[Diagnostic]:
    """Return a warning where a document's text is at hand here alone, and the lock lacks what it proves.

    A dossier without a lock is built where its sources are, and needs none.
    """
    missing = [digest for digest in tally.spans if digest not in evidence.locked]
    if not missing or corpus.lock is None or not evidence.is_at_hand or not needs_lock(corpus, slug):
        return []
    place = (
        corpus.annotations[slug].file.path if slug in corpus.annotations else corpus.documents[slug].file.path
    )
    return [
        warning(
            Place(path=place),
            "lock-outdated",
            f"evidence.lock lacks {len(missing)} of the {len(tally.spans)} proven quotations of `{slug}`",
            why="its text is not published, so a build without it could not prove them",
            help="run `dossier quotes` and commit evidence.lock",
        )
    ]


def needs_lock(corpus: Corpus, slug: str) -> bool:
    """Return whether builds elsewhere may lack the text: it is not published, or there is none but the source file."""
    return corpus.documents[slug].record.rights.publish != "full" or slug not in corpus.transcriptions


def _short(words: str, limit: int = 200) -> str:
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
