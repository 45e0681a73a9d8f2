"""The whole corpus linked: texts with passages and mentions, quotations located."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, error, sort_diagnostics, warning
from generator.link.evidence import TextKey
from generator.link.mentions import Undecided, blocked_spans, find_mentions, locate_decisions
from generator.link.names import DeclaredName, build_gazetteer, declared_names, shared_names, spelled_alike
from generator.link.passages import number_passages
from generator.link.texts import TextReader, UnlinkedText
from generator.link.verification import VerifiedTexts, join_verified, verify_texts
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.records import NOBODY, Resolution
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
class LinkedTexts:
    """Some texts linked, the words in them that nobody decided, and the decisions that they used by document."""

    texts: Mapping[TextKey, LinkedText]
    undecided: tuple[Undecided, ...]
    used: Mapping[str, frozenset[int]]
    found: tuple[Diagnostic, ...]


def link_corpus(corpus: Corpus) -> tuple[LinkedCorpus, tuple[Diagnostic, ...]]:
    """Return every text of the corpus with its passages and mentions, and every quotation where it stands."""
    reader = TextReader(corpus)
    part = link_texts(corpus, build_gazetteer(declared_names(corpus)), reader, reader.read_all())
    verified = verify_texts(corpus, part.texts, part.texts, corpus.annotations)
    return join_linked(corpus, part.texts, [part], [verified])


def link_texts(
    corpus: Corpus, gazetteer: Gazetteer, reader: TextReader, unlinked: Iterable[UnlinkedText]
) -> LinkedTexts:
    """Return texts that the reader reads with their passages and mentions; the quotations are not verified."""
    texts: dict[TextKey, LinkedText] = {}
    undecided: list[Undecided] = []
    used: dict[str, set[int]] = defaultdict(set)
    for text in unlinked:
        linked, left, used_here = _link_text(text, corpus, gazetteer)
        texts[text.owner, text.role, text.key] = linked
        undecided.extend(left)
        used[text.owner].update(used_here)
    return LinkedTexts(
        texts=texts,
        undecided=tuple(undecided),
        used={owner: frozenset(indexes) for owner, indexes in used.items() if indexes},
        found=tuple(reader.found),
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
    used: dict[str, frozenset[int]] = {owner: ones for part in parts for owner, ones in part.used.items()}
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


def _link_text(
    text: UnlinkedText, corpus: Corpus, gazetteer: Gazetteer
) -> tuple[LinkedText, tuple[Undecided, ...], frozenset[int]]:
    decisions = locate_decisions(_resolutions(corpus, text.owner), text)
    mentions, undecided, used = find_mentions(text, gazetteer, decisions, blocked_spans(text, corpus))
    linked = LinkedText(
        owner=text.owner,
        role=text.role,
        key=text.key,
        place=text.place,
        parsed=text.parsed,
        leaves=text.parsed.leaves(),
        passages=number_passages(text.parsed, PREFIXES.get(text.role, OWN_PREFIX)),
        mentions=mentions,
        language=text.language,
        anchor=text.anchor,
        is_published=text.is_published,
    )
    return linked, undecided, used


def _resolutions(corpus: Corpus, owner: str) -> tuple[Resolution, ...]:
    document = corpus.documents.get(owner)
    return document.record.resolve if document is not None else ()


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
