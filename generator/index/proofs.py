"""What proves each sentence that the editors write: a cited passage, a work, or nobody but themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.model.corpus import Corpus
from generator.model.index import JudgedSentence, SentenceState
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.text import Citation, Span
from generator.text.sentences import find_sentences, sentence_before

ROLES: frozenset[TextRole] = frozenset({"digest", "profile", "overview"})
PROVEN = ("verified", "verified-in-source")
TextKey = tuple[str, TextRole, str]


def judge_sentences(
    corpus: Corpus, linked: LinkedCorpus, texts: Iterable[TextKey] | None = None
) -> Mapping[TextKey, tuple[JudgedSentence, ...]]:
    """Return the sentences of every digest, profile and overview with what proves them, in reading order.

    A sentence is `proven` by one cited passage or annotation whose words are verified, if all that it quotes is; it is
    `unproven` if it quotes or cites words that nothing verifies. It `cites` if it names a work or a document as a
    whole; it is the editors' `own` if they say so by `[@editors]`, and `uncited` if it says nothing. Footnotes are
    proofs themselves and not judged. `texts` are the keys of the texts to be judged, if not all.
    """
    judged = {}
    for key in linked.texts if texts is None else texts:
        if key[1] in ROLES:
            sentences = tuple(_judge_text(corpus, linked, key, linked.texts[key]))
            if sentences:
                judged[key] = sentences
    return judged


def _judge_text(
    corpus: Corpus, linked: LinkedCorpus, key: TextKey, text: LinkedText
) -> Iterator[JudgedSentence]:
    quotations = linked.prose_quotations.get(key, ())
    in_text = sum(len(block.leaves()) for block in text.parsed.blocks)
    for index, leaf in enumerate(text.leaves[:in_text]):
        if leaf.kind != "paragraph":
            continue
        sentences = find_sentences(leaf.text, text.language)
        cited: dict[Span | None, list[Citation]] = {}
        for citation in leaf.citations:
            cited.setdefault(sentence_before(sentences, citation.offset), []).append(citation)
        for sentence in sentences:
            has_open_quotation = any(
                one.state not in PROVEN
                for one in quotations
                if one.leaf == index and sentence_before(sentences, one.span.end) == sentence
            )
            state = _judge(corpus, linked, cited.get(sentence, []), has_open_quotation=has_open_quotation)
            yield JudgedSentence(leaf=index, span=sentence, state=state)


def _judge(
    corpus: Corpus, linked: LinkedCorpus, citations: list[Citation], *, has_open_quotation: bool
) -> SentenceState:
    if not citations:
        return "uncited"
    states = {
        _judge_target(corpus, linked, cited.target.slug, cited.target.fragment)
        for citation in citations
        for cited in citation.cited
    }
    if not states:
        return "own"
    if has_open_quotation:
        return "unproven"
    if "proven" in states:
        return "proven"
    return "unproven" if "unproven" in states else "cited"


def _judge_target(corpus: Corpus, linked: LinkedCorpus, slug: str, fragment: str) -> SentenceState:
    """Return what one cited target proves: a passage stands on its page, an annotation's words are verified or not."""
    if slug not in corpus.documents or not fragment:
        return "cited"
    located = linked.quotations.get((slug, fragment))
    if located is not None:
        return "proven" if located.state in PROVEN else "unproven"
    text = linked.text(slug, "transcription")
    number = fragment.removeprefix("¶").strip()
    is_shown = text is not None and text.is_published and number.isdecimal()
    return "proven" if is_shown else "unproven"
