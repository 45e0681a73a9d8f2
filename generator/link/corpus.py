"""The whole corpus linked: texts with passages and mentions, quotations located."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, error, sort_diagnostics, warning
from generator.link.evidence import TextKey
from generator.link.mentions import Undecided, blocked_spans, find_mentions, locate_decisions, titles_of
from generator.link.names import DeclaredName, build_gazetteer, declared_names, shared_names, spelled_alike
from generator.link.passages import number_passages
from generator.link.texts import RawText, TextReader, page_names, parse_text
from generator.link.verification import VerifiedTexts, join_verified, verify_texts
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.records import NOBODY
from generator.shelf import ShelvableMapping
from generator.text.folding import fold_name
from generator.text.gazetteer import Gazetteer

SHOWN_OCCURRENCES = 5
PREFIXES: dict[TextRole, str] = {
    "transcription": "p",
    "quotation": "q",
    "annotation": "n",
    "relation": "r",
    "field": "f",
    "correction": "c",
}
OWN_PREFIX = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkContext:
    """What is known of the corpus when one of its texts is linked; it can be pickled.

    `page_names` has the words that stand for each page, by slug; `cited_titles` the titles of works by slug, nothing
    where names are looked for in titles as well.
    """

    gazetteer: Gazetteer
    page_names: Mapping[str, str]
    cited_titles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLinks:
    """One text linked, the names in it on which no decision was made, and the indexes of the decisions used.

    `found` is what is wrong with its Markdown and its redactions.
    """

    text: LinkedText
    undecided: tuple[Undecided, ...]
    used: frozenset[int]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedTexts:
    """Some texts linked, the words in them that nobody decided, and the decisions that they used by document."""

    texts: Mapping[TextKey, LinkedText]
    undecided: tuple[Undecided, ...]
    used: Mapping[str, frozenset[int]]
    found: tuple[Diagnostic, ...]


def link_corpus(corpus: Corpus) -> tuple[LinkedCorpus, tuple[Diagnostic, ...]]:
    """Return every text of the corpus with its passages and mentions, and every quotation where it stands."""
    context = make_context(corpus, declared_names(corpus))
    part = link_texts(context, TextReader(corpus).read_all())
    verified = verify_texts(corpus, part.texts, part.texts, corpus.annotations)
    return join_linked(corpus, ShelvableMapping(part.texts), [part], [verified])


def link_texts(context: LinkContext, raws: Iterable[RawText]) -> LinkedTexts:
    """Return texts with their passages and mentions; the quotations in them are not verified."""
    texts: dict[TextKey, LinkedText] = {}
    undecided: list[Undecided] = []
    used: dict[str, set[int]] = defaultdict(set)
    found: list[Diagnostic] = []
    for raw in raws:
        linked = link_text(context, raw)
        texts[raw.owner, raw.role, raw.key] = linked.text
        undecided.extend(linked.undecided)
        used[raw.owner].update(linked.used)
        found.extend(linked.found)
    return LinkedTexts(
        texts=texts,
        undecided=tuple(undecided),
        used={owner: frozenset(indexes) for owner, indexes in used.items() if indexes},
        found=tuple(found),
    )


def join_linked(
    corpus: Corpus,
    texts: Mapping[TextKey, LinkedText],
    parts: Sequence[LinkedTexts],
    verified: Sequence[VerifiedTexts],
) -> tuple[LinkedCorpus, tuple[Diagnostic, ...]]:
    """Return the corpus linked, given all its texts, and what was found in parts of them, in their order."""
    found = [diagnostic for part in parts for diagnostic in part.found]
    undecided = [one for part in parts for one in part.undecided]
    used = {owner: ones for part in parts for owner, ones in part.used.items()}
    found.extend(_report_shared(declared_names(corpus), undecided, corpus))
    found.extend(_report_resolutions(corpus, used))
    quotations, faults = join_verified(corpus, texts, verified)
    linked = LinkedCorpus(
        texts=texts,
        quotations=quotations.quotations,
        prose_quotations=quotations.prose,
        searched=quotations.searched,
    )
    return linked, sort_diagnostics([*found, *faults])


def make_context(corpus: Corpus, names: tuple[DeclaredName, ...]) -> LinkContext:
    """Return what all texts of a corpus are linked by; `names` are those that it declares."""
    is_in_titles = corpus.dossier.record.mentions.in_citation_titles
    return LinkContext(
        gazetteer=build_gazetteer(names),
        page_names=page_names(corpus),
        cited_titles={} if is_in_titles else {slug: titles_of(one) for slug, one in corpus.citations.items()},
    )


def link_text(context: LinkContext, raw: RawText) -> TextLinks:
    """Return a text with its passages and mentions. It depends on nothing but what is given."""
    text, found = parse_text(raw, context.page_names)
    leaves = text.parsed.leaves()
    decisions = locate_decisions(raw.resolutions, leaves)
    blocked = blocked_spans(text, leaves, context.cited_titles)
    mentions, undecided, used = find_mentions(leaves, context.gazetteer, decisions, blocked)
    linked = LinkedText(
        owner=raw.owner,
        role=raw.role,
        key=raw.key,
        place=raw.place,
        parsed=text.parsed,
        leaves=leaves,
        passages=number_passages(text.parsed, PREFIXES.get(raw.role, OWN_PREFIX)),
        mentions=mentions,
        language=raw.language,
        anchor=raw.anchor,
        is_published=raw.is_published,
    )
    return TextLinks(text=linked, undecided=undecided, used=used, found=found)


def _report_shared(
    names: tuple[DeclaredName, ...], undecided: list[Undecided], corpus: Corpus
) -> list[Diagnostic]:
    """Report each spelling that several records share, unless every occurrence of it was decided."""
    occurrences: dict[tuple[str, ...], list[Undecided]] = defaultdict(list)
    for one in undecided:
        occurrences[fold_name(one.words).text, *one.slugs].append(one)
    decided = {
        fold_name(resolution.alias).text.strip()
        for document in corpus.documents.values()
        for resolution in document.record.resolve
    }
    shared = shared_names(names)
    for key, *slugs in occurrences:
        # Spelled like none of the aliases, the words may still mean each of them.
        shared.setdefault((key, *slugs), spelled_alike(names, key, slugs))
    found = []
    for (key, *slugs), members in shared.items():
        open_ones = occurrences.get((key, *slugs), [])
        if not open_ones and key in decided:
            continue
        places = [f"`{m.name.slug}` ({m.place.path}:{m.place.line})" for m in members]
        found.append(
            error(
                members[-1].place,
                "ambiguous-alias",
                f"`{members[-1].name.alias}` means {' and '.join(dict.fromkeys(places))}",
                why=_shown_occurrences(open_ones),
                help="decide it under `resolve:` in the document's record, or in other texts by [[slug|the words]]",
            )
        )
    return found


def _shown_occurrences(open_ones: list[Undecided]) -> str:
    if not open_ones:
        return "whoever writes it next would be linked to nobody"
    shown = list(dict.fromkeys(f"{one.place.path}:{one.place.line}" for one in open_ones))
    more = f" and {len(shown) - SHOWN_OCCURRENCES} more" if len(shown) > SHOWN_OCCURRENCES else ""
    return f"undecided in {', '.join(shown[:SHOWN_OCCURRENCES])}{more}"


def _report_resolutions(corpus: Corpus, used: Mapping[str, frozenset[int]]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    if corpus.left_out or corpus.is_narrowed:
        # The words may stand in a text that could not be read, the name in such a record.
        return found
    for slug, document in corpus.documents.items():
        for index, resolution in enumerate(document.record.resolve):
            if (
                resolution.as_ != NOBODY
                and resolution.as_ not in corpus.actors
                and resolution.as_ not in corpus.issues
            ):
                continue
            if index not in used.get(slug, ()):
                found.append(
                    warning(
                        document.place("resolve", index),
                        "unused-resolution",
                        f"`{resolution.alias}` is decided here, but not found in this document",
                        why="the decision may have been meant for words that have since changed",
                        help="correct the alias or the quotation, or remove the entry",
                    )
                )
    return found
