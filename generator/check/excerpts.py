"""Documents of which only excerpts may be published, and how many of their words are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, SearchedText
from generator.model.text import Span
from generator.text.folding import quotation_digest
from generator.text.tokens import split_tokens

# Words, and those before and after that tell their place.
Quoted = tuple[str, str, str]


def check_excerpts(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each document of which the edition quotes more words than its settings allow."""
    limit = corpus.edition.settings.excerpt_words
    in_prose = _quoted_in_prose(linked)
    quoted = _quoted_words(corpus, in_prose)
    for slug, entry in corpus.documents.items():
        publish = entry.record.rights.publish
        # Of a record alone the annotations are not published; the editors' sentences may quote nothing.
        words = in_prose if publish == "record" else quoted
        allowed = 0 if publish == "record" else limit
        count = count_words(words.get(slug, ()), linked.searched.get(slug))
        if publish != "full" and count > allowed:
            yield error(
                entry.place("rights", "publish"),
                "excerpts-too-long",
                f"{count} words of `{slug}` are quoted; this edition allows {allowed}",
                why="no more of a document may be published than its rights and the editors have set",
                help="shorten or remove quotations, or raise `excerpt_words` of the edition in dossier.md"
                if publish == "excerpts"
                else "take the words out of quotation marks and word them anew, or set `publish: excerpts`",
            )


def _quoted_words(corpus: Corpus, in_prose: Mapping[str, list[Quoted]]) -> dict[str, list[Quoted]]:
    """Return what is quoted of each document, by annotations and in the editors' sentences."""
    quoted = {slug: list(words) for slug, words in in_prose.items()}
    for slug, annotations in corpus.annotations.items():
        quoted.setdefault(slug, []).extend((one.quote, one.prefix, one.suffix) for one in annotations.record)
    return quoted


def _quoted_in_prose(linked: LinkedCorpus) -> dict[str, list[Quoted]]:
    quoted: dict[str, list[Quoted]] = defaultdict(list)
    for key, quotations in linked.prose_quotations.items():
        leaves = linked.texts[key].leaves
        for one in quotations:
            quoted[one.document].append((leaves[one.leaf].text[one.span.start : one.span.end], "", ""))
    return quoted


def count_words(quoted: Iterable[Quoted], searched: SearchedText | None) -> int:
    """Return how many words of a document are quoted; those of a quotation within another count once.

    Where a quotation's place is not known, all of its words count.
    """
    spans_of = searched.spans if searched is not None else {}
    covered: list[Span] = []
    count = 0
    for words, prefix, suffix in sorted(quoted, key=lambda one: (-len(one[0]), one)):
        digests = (quotation_digest(words, prefix, suffix), quotation_digest(words.rstrip(" ,.")))
        spans = next((spans_of[digest] for digest in digests if digest in spans_of), ())
        if spans and all(any(_is_within(span, other) for other in covered) for span in spans):
            continue
        covered.extend(spans)
        count += len(split_tokens(words))
    return count


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end
