"""Claims that say more than the corpus holds: relations that lead nowhere, figures that are not quoted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.links import is_left_out
from generator.diagnostics import Diagnostic, error, info
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import Entry, Place
from generator.model.records import Annotation, Figure, Relation
from generator.model.text import Target
from generator.text.dates import DossierDate, parse_date
from generator.text.figures import find_numbers
from generator.text.folding import normalise_quotation
from generator.text.nearest import did_you_mean
from generator.text.targets import FoundTarget, MissingTarget, find_target, parse_target

Annotations = Entry[tuple[Annotation, ...]]


def check_claims(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield the findings on chains, figures and relations of annotations."""
    for entry in corpus.annotations.values():
        for index, annotation in enumerate(entry.record):
            yield from _check_chain(entry, index, annotation)
            for position, figure in enumerate(annotation.figures):
                yield from _check_figure(corpus, entry, index, position, figure)
            for position, relation in enumerate(annotation.relations):
                yield from _check_relation(corpus, linked, entry, index, position, relation)


def _check_chain(entry: Annotations, index: int, annotation: Annotation) -> Iterator[Diagnostic]:
    if annotation.modality == "hearsay" and not annotation.chain:
        yield error(
            entry.place(index, "modality"),
            "hearsay-without-chain",
            f"`{annotation.id}` is hearsay, but does not say through whom it came",
            why="readers could not tell how far it is from those who are said to have said it",
            help="list under `chain:` each hand between the speaker and the document",
        )


def _check_figure(
    corpus: Corpus, entry: Annotations, index: int, position: int, figure: Figure
) -> Iterator[Diagnostic]:
    quote = entry.record[index].quote
    if figure.words is not None:
        if normalise_quotation(figure.words).text.strip() not in normalise_quotation(quote).text:
            yield error(
                entry.place(index, "figures", position, "words"),
                "figure-not-in-quotation",
                f"the words `{figure.words}` are not in the quotation “{_shortened(quote)}”",
                why="a figure is shown as what the quoted words say",
                help="copy the words from the quotation, or quote the words that give the figure",
            )
        return
    document = corpus.documents.get(entry.slug)
    language = (document.record.language if document else None) or corpus.dossier.record.language
    if abs(Decimal(str(figure.value))) not in find_numbers(quote, language):
        yield error(
            entry.place(index, "figures", position, "value"),
            "figure-not-in-quotation",
            f"the figure {figure.value} is not in the quotation “{_shortened(quote)}”",
            why="a figure is shown as what the quoted words say",
            help="quote the words that give it; put those without digits under `words:`, as in `words: twice`",
        )


def _check_relation(
    corpus: Corpus,
    linked: LinkedCorpus,
    entry: Annotations,
    index: int,
    position: int,
    relation: Relation,
) -> Iterator[Diagnostic]:
    annotation = entry.record[index]
    if relation.kind == "contradicts" and relation.note is None:
        yield error(
            entry.place(index, "relations", position),
            "unexplained-contradiction",
            f"`{annotation.id}` contradicts `{relation.to}` without a note",
            why="that two people contradict each other, or one himself, is a judgement; readers must see its grounds",
            help="say under `note:` in what they differ, with the passages that show it",
        )
    if relation.confirmed_by is None:
        yield info(
            entry.place(index, "relations", position),
            "unconfirmed-relation",
            f"`{annotation.id}` {relation.kind} `{relation.to}`: a draft, which is not published",
            help="once an editor has compared both passages, add `confirmed_by:`",
        )
    yield from _check_target(corpus, linked, entry, index, position)


def _check_target(
    corpus: Corpus, linked: LinkedCorpus, entry: Annotations, index: int, position: int
) -> Iterator[Diagnostic]:
    """Yield the findings on what a relation leads to."""
    annotation = entry.record[index]
    relation = annotation.relations[position]
    place = entry.place(index, "relations", position, "to")
    target = parse_target(relation.to)
    found = find_target(corpus, linked, target)
    if isinstance(found, MissingTarget) or found.annotation is None:
        if not is_left_out(corpus, target):
            yield _dangling(corpus, place, target, found)
        return
    if (found.slug, found.annotation.id) == (entry.slug, annotation.id):
        yield error(
            place,
            "self-relation",
            f"`{annotation.id}` {relation.kind} itself",
            why="a relation is between two statements",
            help="name the other statement, or remove the relation",
        )
        return
    if relation.kind == "revises":
        own, other = _date_of(corpus, entry.slug, annotation), _date_of(corpus, found.slug, found.annotation)
        if own is not None and other is not None and other.earliest > own.latest:
            yield error(
                place,
                "revises-what-follows",
                f"`{annotation.id}` ({own.edtf}) cannot revise `{relation.to}` ({other.edtf}), which came after it",
                why="readers would see the position move backwards in time",
                help="state the relation at the later of the two, or correct the dates",
            )


def _dangling(corpus: Corpus, place: Place, target: Target, found: FoundTarget | MissingTarget) -> Diagnostic:
    reason = (
        found.reason if isinstance(found, MissingTarget) else "a passage has no relations, an annotation has"
    )
    return error(
        place,
        "dangling-relation",
        f"there is no statement `{target}`: {reason}",
        why="readers would be told of a statement that the dossier does not hold",
        help=did_you_mean(
            target.fragment if target.slug in corpus.documents else target.slug,
            found.known if isinstance(found, MissingTarget) else (),
            "write the document's slug, # and the id of an annotation of it",
        ),
    )


def _date_of(corpus: Corpus, slug: str, annotation: Annotation) -> DossierDate | None:
    """Return when something was said; None where the date cannot be read, which is reported elsewhere."""
    document = corpus.documents.get(slug)
    edtf = annotation.date or (document.record.date if document else "")
    try:
        return parse_date(edtf)
    except ValueError:
        return None


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else words[:89] + "…"
