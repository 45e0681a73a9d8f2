"""For quotations that are not found: the nearest words of the text, proposed to an editor and written when accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.diagnostics import Diagnostic, error
from generator.link.evidence import Evidence
from generator.link.prose_quotations import CitedWords, find_cited_words
from generator.link.quotations import Selector
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import Entry, Place
from generator.model.records import Annotation
from generator.suggest.alias_edit import quote_scalar
from generator.text.word_diff import show_changes

MARKS = '“”„«»"‘’‚‹›「」『』＂'


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Words of a document in place of a quotation that is not in it. `annotation` is empty for words in prose."""

    number: int
    id: str
    place: Place
    document: str
    annotation: str
    quote: str
    nearest: str

    @property
    def changes(self) -> str:
        """Return both wordings as one line, with `[-…-]` and `{+…+}`."""
        return show_changes(self.quote, self.nearest)


def find_proposals(corpus: Corpus, linked: LinkedCorpus) -> tuple[Proposal, ...]:
    """Return a proposal for each quotation that stands nowhere in a text at hand, numbered from 1.

    Nothing is proposed where the words are found, but twice, or not between their prefix and suffix: an editor must
    say which place is meant.
    """
    evidence = Evidence(corpus, linked.texts)
    found = [*_of_annotations(corpus, evidence), *_of_prose(corpus, linked, evidence)]
    return tuple(
        Proposal(
            number=number,
            id=identity,
            place=place,
            document=document,
            annotation=annotation,
            quote=quote,
            nearest=nearest,
        )
        for number, (identity, place, document, annotation, quote, nearest) in enumerate(found, start=1)
    )


Found = tuple[str, Place, str, str, str, str]


def _of_annotations(corpus: Corpus, evidence: Evidence) -> Iterator[Found]:
    for slug, entry in corpus.annotations.items():
        if slug not in corpus.documents or not evidence[slug].is_at_hand:
            continue
        for index, annotation in enumerate(entry.record):
            if evidence[slug].find(Selector(quote=annotation.quote), anywhere=True).state == "missing":
                nearest = evidence[slug].nearest(annotation.quote)
                if nearest:
                    place = entry.place(index, "quote")
                    identity = f"{slug}#{annotation.id}"
                    yield identity, place, slug, annotation.id, annotation.quote, nearest


def _of_prose(corpus: Corpus, linked: LinkedCorpus, evidence: Evidence) -> Iterator[Found]:
    for key, text in linked.texts.items():
        states = {(one.leaf, one.span): one.state for one in linked.prose_quotations.get(key, ())}
        for cited in find_cited_words(text):
            if states.get((cited.leaf, cited.span)) == "missing":
                slug, nearest = _nearest_cited(cited, corpus, evidence)
                if nearest:
                    yield (
                        f"{text.owner or 'dossier'}:{cited.place.line}",
                        cited.place,
                        slug,
                        "",
                        cited.words,
                        nearest,
                    )


def _nearest_cited(cited: CitedWords, corpus: Corpus, evidence: Evidence) -> tuple[str, str]:
    for slug in cited.cited:
        if slug in corpus.documents and evidence[slug].is_at_hand:
            return slug, evidence[slug].nearest(cited.words)
    return "", ""


def choose_proposals(proposals: Sequence[Proposal], typed: Iterable[str]) -> tuple[Proposal, ...]:
    """Return the proposals that an editor named by number, id, or `all`.

    Raises:
        ValueError: there is no such proposal; with a sentence that says so.
    """
    names = [name for words in typed for name in re.split(r"[,\s]+", words) if name]
    if "all" in names:
        return tuple(proposals)
    known = {name: one for one in proposals for name in (str(one.number), one.id)}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"there is no proposal `{unknown[0]}`; there are {len(proposals)}")
    return tuple(dict.fromkeys(known[name] for name in names))


def accept_proposals(
    corpus: Corpus, root: Path, chosen: Iterable[Proposal]
) -> tuple[tuple[Proposal, ...], tuple[Diagnostic, ...]]:
    """Return the proposals that were written into the files below `root`, and an error for each that was not.

    A file differs from what it was by these words alone.
    """
    written: list[Proposal] = []
    found: list[Diagnostic] = []
    # From the end of each file, so that the places of the others stay right.
    for proposal in sorted(chosen, key=lambda one: one.place, reverse=True):
        path = root / _relative(corpus, proposal)
        text = path.read_bytes().decode("utf-8")
        try:
            edited = (
                _edit_annotation(text, proposal, corpus.annotations[proposal.document])
                if proposal.annotation
                else _edit_prose(text, proposal)
            )
        except ValueError as fault:
            found.append(
                error(
                    proposal.place,
                    "not-written",
                    f"the proposal `{proposal.id}` was not written: {fault}",
                    help=f"write it by hand: {proposal.nearest}",
                )
            )
            continue
        path.write_bytes(edited.encode("utf-8"))
        written.append(proposal)
    return tuple(sorted(written, key=lambda one: one.number)), tuple(found)


def _relative(corpus: Corpus, proposal: Proposal) -> str:
    """Return the path of the proposal's file in the corpus folder."""
    parts = proposal.place.path.split("/")
    return next(
        ("/".join(parts[-length:]) for length in (2, 1) if "/".join(parts[-length:]) in corpus.inputs),
        proposal.place.path,
    )


def _edit_annotation(text: str, proposal: Proposal, entry: Entry[tuple[Annotation, ...]]) -> str:
    """Return the text of the annotations with another quotation.

    Raises:
        ValueError: the quotation is not where it was read.
    """
    index = next(i for i, one in enumerate(entry.record) if one.id == proposal.annotation)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    annotation = root.value[index] if isinstance(root, yaml.SequenceNode) else None
    pairs = annotation.value if isinstance(annotation, yaml.MappingNode) else []
    value = next((value for key, value in pairs if key.value == "quote"), None)
    if not isinstance(value, yaml.ScalarNode) or value.start_mark is None or value.end_mark is None:
        raise ValueError("the quotation is no longer where it was read")
    start, end = value.start_mark.index, value.end_mark.index
    is_block = value.style in ("|", ">")
    return text[:start] + quote_scalar(proposal.nearest) + ("\n" if is_block else "") + text[end:]


def _edit_prose(text: str, proposal: Proposal) -> str:
    """Return the text of a file with other words between the quotation marks, which may stand on several lines.

    Raises:
        ValueError: the words are not where they were read.
    """
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: proposal.place.line - 1])
    if set(proposal.nearest) & set(MARKS):
        raise ValueError("the words of the text hold quotation marks of their own")
    # Between their marks: the same words may stand unquoted before.
    words = r"\s+".join(re.escape(word) for word in proposal.quote.split())
    pattern = re.compile(f"(?<=[{MARKS}]){words}(?=[{MARKS}])")
    match = pattern.search(text, offset)
    if match is None:
        raise ValueError(
            "its words are not found in the file as they are read (marks of Markdown between them?)"
        )
    return text[: match.start()] + proposal.nearest + text[match.end() :]
