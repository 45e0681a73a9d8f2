"""The default corpus holds what it promises, and its quotations stand in the source files where these are at hand."""

from __future__ import annotations

import html
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import Checked, check_dossier, write_dossier
from generator.built import EditionChoice
from generator.check import check_corpus, count_proven
from generator.cli import main
from generator.diagnostics import format_diagnostic
from generator.importing.compose import Composed, compose
from generator.importing.draft import _before, _excerpt, _short, render_text
from generator.importing.readers.read import read_content
from generator.importing.register import Register, resolve_names
from generator.index import index_corpus
from generator.layout import edition_layout, find_layout
from generator.link import link_corpus
from generator.link.quotations import QuotableText, Selector
from generator.load import load_corpus
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, QuotationState
from generator.model.records import DocumentRecord
from generator.quotes import format_lock, plan_lock
from generator.resources import TEMPLATES
from generator.text.folding import normalise_quotation
from generator.text.tokens import split_tokens

PROJECT = Path(__file__).resolve().parents[2]
RECEIVED = PROJECT.parent / "shared/corpus"
LETTER, ZTE, PAUSES = "senators-letter-2025", "zte-report-2018", "security-pauses-2026"
# Marks of notes, numbers of passages, tags, and what follows the words of a link: ](../actors/a.md){: .actor }
MARKS = re.compile(r"<sup.*?</sup>|<a class=.passage-number.*?</a>|<[^>]*>|\]\([^()]*\)\{:[^}]*\}", re.DOTALL)
NOTE_MARK = re.compile(r"\[\^\w+\]:?")
needs_sources = pytest.mark.skipif(
    not RECEIVED.is_dir(),
    reason="the source files are not at hand; their rights keep them out of the repository",
)


def load(sources: Path | None = None) -> tuple[Corpus, LinkedCorpus, list[str]]:
    """Return the default corpus, loaded and linked, with every finding as printed."""
    corpus, found = load_corpus(PROJECT / "corpus", shown="corpus", sources=sources)
    assert corpus is not None
    linked, link_found = link_corpus(corpus)
    index, _ = index_corpus(corpus, linked)
    every = [*found, *link_found, *check_corpus(corpus, linked, index)]
    return (
        corpus,
        linked,
        [format_diagnostic(diagnostic) for diagnostic in every if diagnostic.severity != "info"],
    )


def test_the_default_corpus_has_no_error_and_no_warning() -> None:
    assert load()[2] == []


def test_each_document_has_its_rights_source_and_annotations() -> None:
    corpus, _, _ = load()
    assert {slug: entry.record.rights.publish for slug, entry in corpus.documents.items()} == {
        LETTER: "full",
        ZTE: "excerpts",
        PAUSES: "excerpts",
    }
    assert list(corpus.transcriptions) == [LETTER]
    for slug, entry in corpus.documents.items():
        assert entry.record.source is not None
        assert len(corpus.annotations[slug].record) >= 12
        assert all(a.speakers or a.attribution for a in corpus.annotations[slug].record)
        assert all(a.issues and a.note for a in corpus.annotations[slug].record)


def test_the_letter_has_twelve_signatories_and_eight_notes_seven_of_them_placed_by_the_editors() -> None:
    corpus, linked, _ = load()
    record = corpus.documents[LETTER].record
    assert len(record.signatories) == 12
    transcription = linked.text(LETTER, "transcription")
    assert transcription is not None
    assert [note.label for note in transcription.parsed.footnotes] == [str(number) for number in range(1, 9)]
    placed = [label for label, detail in record.footnotes.items() if detail.placed_by == "editors"]
    assert placed == ["1", "2", "4", "5", "6", "7", "8"]
    assert all(record.footnotes[str(number)].cites for number in range(1, 9))


def test_each_sentence_of_digests_profiles_and_overviews_must_cite() -> None:
    corpus, _, _ = load()
    assert corpus.dossier.record.citations.require
    assert len(corpus.actors) >= 60
    assert len(corpus.issues) >= 10
    assert all(entry.body.strip() for entry in (*corpus.actors.values(), *corpus.issues.values()))


@needs_sources
def test_the_source_files_are_the_ones_that_the_records_name() -> None:
    corpus, _, found = load(RECEIVED)
    assert found == []
    assert len(corpus.sources) == 3


@needs_sources
def test_every_quotation_stands_in_its_source_word_for_word() -> None:
    corpus, linked, _ = load(RECEIVED)
    states = {quotation.state for quotation in linked.quotations.values()}
    assert states == {"verified", "verified-in-source"}
    letter = corpus.documents[LETTER].record.source
    assert letter is not None
    text = corpus.sources[letter.file].text
    assert text is not None
    source = QuotableText(text)
    for annotation in corpus.annotations[LETTER].record:
        assert source.find(Selector(quote=annotation.quote)), annotation.id


@needs_sources
def test_quotations_from_the_press_are_short() -> None:
    corpus, _, _ = load()
    for slug, limit in ((ZTE, 170), (PAUSES, 280)):
        lengths = [len(annotation.quote.split()) for annotation in corpus.annotations[slug].record]
        assert max(lengths) <= 20
        assert sum(lengths) <= limit


@needs_sources
def test_no_long_run_of_words_is_taken_from_the_press() -> None:
    """But for quotations and its title, the corpus shares no run of twelve words with a text of reserved rights."""
    corpus, _, _ = load(RECEIVED)
    for slug in (ZTE, PAUSES):
        source = corpus.documents[slug].record.source
        assert source is not None
        text = corpus.sources[source.file].text
        assert text is not None
        words = text.split()
        runs = {tuple(words[start : start + 12]) for start in range(len(words) - 11)}
        quotes = [" ".join(a.quote.split()) for a in corpus.annotations[slug].record]
        allowed = "\n".join([*quotes, corpus.documents[slug].record.title])
        for path in sorted((PROJECT / "corpus").rglob("*.*")):
            own = path.read_text(encoding="utf-8").split()
            shared = [own[n : n + 12] for n in range(len(own) - 11) if tuple(own[n : n + 12]) in runs]
            assert all(" ".join(run) in allowed for run in shared), path


def apply_editors_repairs(text: str, record: DocumentRecord) -> str:
    """Return a text with the repairs that the editors recorded, each at the one place that its words give."""
    for repair in record.repairs:
        if repair.by == "editors":
            assert text.count(repair.before) == 1, repair
            text = text.replace(repair.before, repair.after)
    return text


@needs_sources
def test_the_letter_is_a_fresh_import_with_the_repairs_that_the_editors_recorded() -> None:
    corpus, _, _ = load()
    record = corpus.documents[LETTER].record
    composed = fresh_import(corpus, LETTER)
    text = apply_editors_repairs(render_text(composed), record)
    assert text == (PROJECT / "corpus/texts/senators-letter-2025.md").read_text(encoding="utf-8")
    assert sum(repair.by == "editors" for repair in record.repairs) == 7


@needs_sources
@pytest.mark.parametrize("slug", [LETTER, ZTE, PAUSES])
def test_every_record_holds_what_a_fresh_import_records(slug: str) -> None:
    corpus, _, _ = load()
    record = corpus.documents[slug].record
    composed = fresh_import(corpus, slug)
    fresh = [(r.rule, r.line, _before(r), _excerpt(r.after)) for r in composed.repairs]
    assert [(r.rule, r.source_line, r.before, r.after) for r in record.repairs if r.by == "import"] == fresh
    facts = {fact.key: fact for fact in reversed(composed.facts)}
    assert record.language == facts["language"].value
    assert record.kind == facts["kind"].value
    assert "date" not in facts or record.date == facts["date"].value
    assert "title" not in facts or record.title == facts["title"].value
    for key, evidence in record.evidence.items():
        fact = facts[{"signatories": "signatory", "recipients": "recipient"}.get(key, key)]
        assert (evidence.line, evidence.words) == (fact.line, _short(fact.words))
    names = resolve_names(composed.facts, Register(corpus))
    assert record.signatories == names["signatory"]
    assert record.recipients == names["recipient"]
    # The editors put Reuters, which the article names as its source, before the outlet that published it.
    assert [step.actor for step in record.provenance if step.actor in names["outlet"]] == list(
        names["outlet"]
    )


@needs_sources
@pytest.mark.parametrize("slug", [ZTE, PAUSES])
def test_quotations_of_the_press_stand_in_the_text_that_a_fresh_import_gives(slug: str) -> None:
    corpus, _, _ = load()
    text = normalise_quotation(render_text(fresh_import(corpus, slug))).text
    for annotation in corpus.annotations[slug].record:
        for part in annotation.quote.split("[…]"):
            assert normalise_quotation(part).text in text, annotation.id


@needs_sources
def test_the_bibliography_has_what_the_drafts_of_the_letters_notes_have() -> None:
    corpus, _, _ = load()
    drafts = fresh_import(corpus, LETTER).citations
    assert len(drafts) == 8
    by_title = {entry.title: entry.csl for entry in corpus.citations.values()}
    # Note 6 names a bill and an amendment: the editors made two entries of it.
    for draft in drafts:
        if draft.label != "6":
            values = by_title[str(draft.values["title"])]
            year, month, day = (int(part) for part in str(draft.values["issued"]).split("-"))
            assert values["issued"] == {"date-parts": [[year, month, day]]}
            assert {key: values.get(key) for key in draft.values if key != "issued"} == {
                key: value for key, value in draft.values.items() if key != "issued"
            }


def fresh_import(corpus: Corpus, slug: str) -> Composed:
    """Return what an import makes of the source file of a document."""
    source = corpus.documents[slug].record.source
    assert source is not None
    content = (RECEIVED / source.file).read_bytes()
    received = read_content(source.file, content).received
    assert received is not None
    return compose(received)


def test_every_passage_says_how_it_is_said_and_whose_words_it_has() -> None:
    corpus, _, _ = load()
    every = [annotation for entry in corpus.annotations.values() for annotation in entry.record]
    assert [one.id for one in every if not one.is_claim] == []
    used = {one.modality for one in every}
    assert used == {"asserts", "denies", "urges", "threatens", "reports", "hearsay"}
    assert {one.status for one in every} == {"quoted", "paraphrased", "inferred"}
    figures = {(figure.value, figure.unit) for one in every for figure in one.figures}
    assert figures == {(25, "%"), (19.9, "%"), (120, "%"), (400_000_000, "USD"), (7, "years")}


def test_what_four_officials_said_went_through_four_outlets() -> None:
    corpus, _, _ = load()
    [officials] = [one for one in corpus.annotations[PAUSES].record if one.id == "planned-restrictions"]
    assert officials.speakers == ("four-unnamed-officials",)
    assert [step.actor for step in officials.chain] == [
        "reuters",
        "cryptopolitan",
        "bitcoinethereumnews",
        "mexc",
    ]
    assert officials.origin == "reuters-2026"


def test_relations_are_confirmed_and_the_walk_back_is_part_of_the_president_s_position() -> None:
    corpus, linked, _ = load()
    index, _ = index_corpus(corpus, linked)
    stated = [
        (document, relation)
        for document, entry in corpus.annotations.items()
        for annotation in entry.record
        for relation in annotation.relations
    ]
    assert all(relation.confirmed_by for _, relation in stated)
    assert len(stated) == sum(one.is_stated_here for all_ in index.related.values() for one in all_)
    chips = [(one.kind, one.statement.annotation.id) for one in index.related[ZTE, "bargaining-chip"]]
    assert ("echoes", "negotiating-chip") in chips
    moved = {one.issue: [s.annotation.id for s in one.statements] for one in index.positions["donald-trump"]}
    assert moved["zte-sanctions"][:3] == ["jobs-in-china", "get-it-done", "independent-judgment"]
    walked_back = index.related[ZTE, "independent-judgment"][0]
    assert (walked_back.kind, walked_back.statement.annotation.id) == ("revises", "get-it-done")


def check_public(folder: Path, sources: Path | None = None) -> Checked:
    layout, found = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None, found
    return check_dossier(
        layout, lambda stage: None, sources=sources, edition=EditionChoice(name="public", day="2026-11-22")
    )


def states(checked: Checked) -> Counter[QuotationState]:
    assert checked.linked is not None
    counted = Counter(one.state for one in checked.linked.quotations.values())
    for quotations in checked.linked.prose_quotations.values():
        counted.update(one.state for one in quotations)
    return counted


def test_without_the_sources_the_lock_proves_every_quotation_and_every_sentence() -> None:
    checked = check_public(PROJECT)
    assert [format_diagnostic(one) for one in checked.diagnostics if one.severity != "info"] == []
    assert set(states(checked)) == {"verified", "verified-in-source"}
    assert checked.corpus is not None
    assert checked.corpus.sources == {}
    assert checked.index is not None
    proven, sentences = count_proven(checked.index)
    assert proven == sentences > 300


@needs_sources
def test_with_the_sources_every_quotation_is_verified_and_the_lock_lacks_nothing() -> None:
    checked = check_public(PROJECT, RECEIVED)
    assert [format_diagnostic(one) for one in checked.diagnostics if one.severity != "info"] == []
    assert states(checked) == states(check_public(PROJECT))
    assert checked.corpus is not None
    assert len(checked.corpus.sources) == 3
    assert checked.linked is not None
    change = plan_lock(checked.corpus, checked.linked)
    assert format_lock(change.lock) == (PROJECT / "corpus/evidence.lock").read_text(encoding="utf-8")


@needs_sources
def test_after_an_import_the_internal_edition_shows_all_three_documents_in_full(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    files = [str(path) for path in sorted(RECEIVED.glob("*.txt"))]
    imported = CliRunner().invoke(main, ["import", *files, "--into", str(tmp_path)])
    layout, found = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert layout is not None, found
    internal = edition_layout(layout, "internal")
    written = write_dossier(
        internal, lambda stage: None, edition=EditionChoice(name="internal", day="2026-11-22")
    )
    assert written.is_done, (imported.output, [format_diagnostic(one) for one in written.diagnostics])
    for slug in (LETTER, ZTE, PAUSES):
        text = (tmp_path / f"corpus/texts/{slug}.md").read_text(encoding="utf-8")
        page = MARKS.sub("", (internal.docs / f"documents/{slug}.md").read_text(encoding="utf-8"))
        joined = f" {' '.join(split_tokens(html.unescape(page)))} "
        passages = [block for block in text.split("\n\n") if len(split_tokens(block)) > 7]
        assert len(passages) >= 8
        for block in passages:
            assert f" {' '.join(split_tokens(NOTE_MARK.sub('', block)))} " in joined, block[:60]
    assert not (layout.docs / "documents").exists()
