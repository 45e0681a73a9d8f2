"""Laws of the stages before rendering, for any input."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import format_diagnostic
from generator.link.passages import number_passages
from generator.link.quotations import OMISSION, QuotableText, Selector
from generator.load import load_corpus
from generator.load.front_matter import split_front_matter
from generator.load.yaml import parse_yaml
from generator.model.places import CorpusFile
from generator.model.text import Block, ParsedText, Span
from generator.text.folding import fold_name, normalise_quotation
from generator.text.gazetteer import Gazetteer, Name
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder
from generator.text.sentences import find_sentences
from tests.corpora import HARBOUR, run_stages, stage, write_corpus

# What a corpus file can hold once it is read: no surrogates, no NUL.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ANY_TEXT = st.text(CHARACTERS, max_size=60).map(lambda text: unicodedata.normalize("NFC", text))
# Pieces that mean something to Markdown, YAML or the gazetteer, so that they meet in every way.
PIECES = st.sampled_from(
    (
        *("[[", "]]", "[@", "]", "[", "|", "#", "¶1", "[^1]", "[^1]: ", "; "),
        *("ann-lee", "memo-1962", "gazette-1961", "Ann Lee", "Ms. Lee", "Harbour Board's ", "harbour wall"),
        *("\n", "\n\n", "    ", "> ", "- ", "1. ", "0) ", "`", "```\n", "*", "_", "~~", "\\", "---\n", "\t"),
        *("<b>", "<", ">", "&amp;", "](x)", "![", "https://a.example", "| a | b |\n|---|---|\n"),
        *("\r", "\x85", "\u2028", "\u0301", "\ufeff", "\u200b", "\u00ad", "\x07", "é", "习", "𝄞"),
        *(": ", "? ", "- {", "}", "'", '"', "&a ", "*a", "!!x ", "%", "title: "),
        *("One is. ", "the wall ", "secu-\nrity"),
    )
)
MARKED_TEXT = st.lists(PIECES | ANY_TEXT, max_size=15).map(
    lambda pieces: unicodedata.normalize("NFC", "".join(pieces).replace("\r", "\n"))
)
PROSE = st.lists(
    st.sampled_from(
        (
            "the",
            "Lee",
            "wall",
            "cost,",
            "cost.",
            "\u201cso\u201d",
            "\n",
            "it's",
            "secu-\n",
            "rity",
            "习近平",
            "é",
        )
    ),
    min_size=1,
    max_size=25,
).map(" ".join)
ALIASES = st.text(st.sampled_from("aAbé ß-'習İ.1"), min_size=1, max_size=5).filter(
    lambda alias: bool(fold_name(alias).text.strip())
)
NAMES = st.lists(
    st.builds(
        Name, slug=st.sampled_from((None, "x", "y", "z")), alias=ALIASES, is_case_sensitive=st.booleans()
    ),
    max_size=8,
)
NAMED_TEXT = st.text(st.sampled_from("aAbéE\u0301 ß-'’習İ.1\u00ad\n"), max_size=30)


def parse(text: str, *, has_links: bool = True) -> ParsedText:
    finder = PlaceFinder(CorpusFile(path="a.md", text=text))
    return parse_markdown(text, finder, name_of=(lambda slug: None) if has_links else None)[0]


# Names


@given(NAMED_TEXT, NAMES)
def test_mentions_lie_in_the_text_in_order_and_never_overlap(text: str, names: list[Name]) -> None:
    end = 0
    for found in Gazetteer(names).find(text):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end


@given(NAMED_TEXT, NAMES, st.data())
def test_the_order_of_names_in_the_register_does_not_matter(
    text: str, names: list[Name], data: st.DataObject
) -> None:
    other = data.draw(st.permutations([*names, *names[:2]]))
    assert Gazetteer(names).find(text) == Gazetteer(other).find(text)


@given(NAMED_TEXT, NAMES)
def test_the_words_of_a_mention_are_spelled_as_a_name_but_for_case_and_accents(
    text: str, names: list[Name]
) -> None:
    keys = {fold_name(name.alias).text.strip() for name in names}
    for found in Gazetteer(names).find(text):
        assert fold_name(text[found.span.start : found.span.end]).text in keys


@given(ALIASES)
def test_every_name_is_found_where_it_stands_alone(alias: str) -> None:
    (found,) = Gazetteer([Name(slug="x", alias=alias, is_case_sensitive=True)]).find(alias)
    assert found.slugs == ("x",)


@given(NAMED_TEXT, NAMES, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=3))
def test_no_mention_touches_a_forbidden_span(
    text: str, names: list[Name], forbidden: list[tuple[int, int]]
) -> None:
    blocked = [Span(start=start, end=start + length) for start, length in forbidden]
    for found in Gazetteer(names).find(text, blocked=blocked):
        assert not any(found.span.overlaps(span) for span in blocked)


@given(ANY_TEXT | NAMED_TEXT)
def test_folding_for_names_is_idempotent_and_keeps_offsets_in_order(text: str) -> None:
    folded = fold_name(text)
    assert fold_name(folded.text).text == folded.text
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= offset <= len(text) for offset in folded.offsets)


# Quotations


@given(ANY_TEXT | PROSE | MARKED_TEXT)
def test_normalising_a_quotation_is_idempotent_and_keeps_offsets_in_order(text: str) -> None:
    normal = normalise_quotation(text)
    assert normalise_quotation(normal.text).text == normal.text
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(set(normal.offsets))
    assert all(0 <= offset <= len(text) for offset in normal.offsets)


@given(PROSE, st.data())
def test_every_selector_made_from_a_text_finds_its_quote_again(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote, prefix, suffix = (" ".join(part) for part in (words[start:end], words[:start], words[end:]))
    # A quotation that begins or ends within a torn word is not one of whole words.
    joined = normalise_quotation(text).text
    assume(all(normalise_quotation(part).text in joined for part in (quote, prefix, suffix)))
    assume(normalise_quotation(quote).text)
    assume(not any(part.strip().endswith("-") for part in (quote, prefix)))
    places = QuotableText(text).find(Selector(quote=quote, prefix=prefix, suffix=suffix))
    offset = len(" ".join(words[:start])) + bool(start)
    expected = (offset + len(quote) - len(quote.lstrip()), offset + len(quote.rstrip()))
    assert expected in {(spans[0].start, spans[-1].end) for spans in places}


@given(PROSE | ANY_TEXT, PROSE | ANY_TEXT)
def test_what_is_found_is_equal_to_the_quotation_once_normalised(text: str, quote: str) -> None:
    wanted = normalise_quotation(quote).text
    assume("[" not in wanted)
    for (span,) in QuotableText(text).find(Selector(quote=quote)):
        assert normalise_quotation(text[span.start : span.end]).text == wanted


@given(PROSE | ANY_TEXT, PROSE | ANY_TEXT)
def test_the_nearest_words_stand_in_the_text(text: str, quote: str) -> None:
    normal = normalise_quotation(text).text
    for part in OMISSION.split(QuotableText(text).nearest(quote)):
        assert normalise_quotation(part).text in normal


# Texts


@settings(max_examples=300)
@given(MARKED_TEXT, st.booleans())
def test_any_text_parses_and_all_spans_lie_in_their_blocks(text: str, has_links: bool) -> None:
    lines = text.split("\n")
    for leaf in parse(text, has_links=has_links).leaves():
        spans = [*(style.span for style in leaf.styles), *(link.span for link in leaf.wikilinks)]
        assert all(0 <= span.start <= span.end <= len(leaf.text) for span in spans)
        offsets = [*(cited.offset for cited in leaf.citations), *(mark.offset for mark in leaf.note_marks)]
        assert all(0 <= offset <= len(leaf.text) for offset in offsets)
        places = [*(link.place for link in leaf.wikilinks), *(cited.place for cited in leaf.citations)]
        for place in [*places, *(mark.place for mark in leaf.note_marks)]:
            assert lines[place.line - 1][place.column - 1 :].startswith("[")


@given(MARKED_TEXT)
def test_no_word_of_a_text_without_links_is_lost(text: str) -> None:
    parsed = parse(text, has_links=False)
    shown = "".join(leaf.text for leaf in parsed.leaves())
    for word in ("Harbour", "Board", "Ann", "wall"):
        # Such a word may stand in a definition of a link, which is not shown, or in an address or title.
        if "]:" not in text and "](" not in text:
            assert shown.count(word) >= text.count(word) - text.count("```" + word)


@given(MARKED_TEXT)
def test_any_text_is_cut_into_sentences_that_hold_all_its_words(text: str) -> None:
    spans = find_sentences(text, "en")
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("ab c."), min_size=1).filter(str.strip),
    unique_by=lambda words: tuple(words.split()),
    max_size=6,
)


def permalinks(paragraphs: list[str]) -> dict[str, str]:
    """Return the permalink of each paragraph by its words."""
    parsed = parse("\n\n".join(f"x{paragraph}" for paragraph in paragraphs))
    return {" ".join(_words(p.block).split()): p.permalink for p in number_passages(parsed, "p")}


def _words(block: Block) -> str:
    return " ".join(leaf.text for leaf in block.leaves())


@given(PARAGRAPHS, PARAGRAPHS, st.data())
def test_permalinks_of_unchanged_passages_survive_insertion_and_deletion_of_others(
    before: list[str], added: list[str], data: st.DataObject
) -> None:
    kept = [paragraph for paragraph in before if data.draw(st.booleans())]
    new = [paragraph for paragraph in added if paragraph.split() not in [old.split() for old in before]]
    after = data.draw(st.permutations([*kept, *new]))
    old_links, new_links = permalinks(before), permalinks(after)
    for paragraph in kept:
        words = " ".join(f"x{paragraph}".split())
        assert new_links[words] == old_links[words]


# Files


@given(MARKED_TEXT)
@example("---\n---")
@example("---\n...\n")
def test_any_front_matter_is_split_into_lines_of_the_file(text: str) -> None:
    parts, found = split_front_matter(CorpusFile(path="a.md", text=text))
    lines = text.split("\n")
    if not found:
        assert parts.body.split("\n") == (lines[parts.body_line - 1 :] or [""])


@settings(max_examples=300)
@given(MARKED_TEXT)
@example("a: \u2028b\n\tc: [")
@example('"\\ud800"')
@example("a: b\x07")
def test_any_text_is_yaml_or_a_finding_at_a_place_in_it(text: str) -> None:
    _, places, found = parse_yaml(text, path="a.yml")
    lines = text.split("\n")
    for place in (*places.values(), *(d.place for d in found)):
        assert place.line <= len(lines)
        assert place.column <= len(lines[place.line - 1]) + 1


FILES = st.dictionaries(
    st.sampled_from(sorted([*HARBOUR, "about.md", "sources/x.txt"])), st.binary(max_size=40)
)
MARKED_FILES = st.dictionaries(
    st.sampled_from(sorted([*HARBOUR, "about.md"])),
    st.builds(
        str.__add__, st.sampled_from(("", "---\n", "---\ntitle: x\n---\n", "- id: x\n  quote: ")), MARKED_TEXT
    ),
    max_size=3,
)
# Values that a record may hold instead of what it should.
VALUES = st.recursive(
    st.sampled_from(('""', "~", "x", "[[x]]", "2020", "true", '"\\u200b"', '"\\0"', "¶1", "memo-1962#¶1")),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(("alias", "as", "quote", "id", "x", "1")), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(FILES)
def test_a_corpus_of_arbitrary_bytes_gives_findings_and_never_an_exception(
    files: Mapping[str, bytes],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert run_stages(write_corpus(Path(folder), files)).diagnostics is not None


@settings(max_examples=60)
@given(MARKED_FILES)
def test_a_corpus_of_arbitrary_text_gives_findings_and_never_an_exception(files: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        staged = run_stages(write_corpus(Path(folder), files))
        for found in staged.diagnostics:
            assert format_diagnostic(found).startswith("corpus/")


@settings(max_examples=80)
@given(st.data(), VALUES)
def test_a_key_with_any_value_gives_findings_and_never_an_exception(data: st.DataObject, value: str) -> None:
    keyed = [(name, line) for name in HARBOUR for line in HARBOUR[name].split("\n") if ": " in line]
    name, line = data.draw(st.sampled_from(keyed))
    changed = HARBOUR[name].replace(line, f"{line.partition(': ')[0]}: {value}")
    with tempfile.TemporaryDirectory() as folder:
        staged = stage(Path(folder), {name: changed})
        assert all(d.place.path.startswith("corpus/") for d in staged.diagnostics)


@settings(max_examples=20)
@given(MARKED_FILES)
def test_loading_twice_gives_the_same(files: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_corpus(Path(folder), files)
        assert load_corpus(root) == load_corpus(root)
        assert run_stages(root).messages == run_stages(root).messages


# Backlinks


@settings(max_examples=60)
@given(
    MARKED_TEXT,
    st.sampled_from(("actors/jo-smith.md", "documents/memo-1962.md", "texts/memo-1962.md", "about.md")),
)
@example("[[ann-lee]] [[ann-lee]]\n\n> Ann Lee\n\n# [[harbour-wall]] Ms. Lee\n", "actors/jo-smith.md")
def test_every_wikilink_mention_and_citation_has_its_backlink(text: str, name: str) -> None:
    front = HARBOUR.get(name, "").rpartition("---\n")
    with tempfile.TemporaryDirectory() as folder:
        staged = stage(Path(folder), {name: "".join(front[:2]) + text})
    for one in staged.linked.texts.values():
        if not one.is_published:
            continue
        targets = {mention.slug for mention in one.mentions}
        for leaf in one.leaves:
            targets |= {link.target.slug for link in leaf.wikilinks}
            targets |= {cited.target.slug for citation in leaf.citations for cited in citation.cited}
        for target in targets - {one.owner}:
            sources = {page.source for page in staged.index.backlinks[target]}
            assert one.owner in sources


@settings(max_examples=60)
@given(MARKED_TEXT)
def test_the_hits_of_a_backlink_lie_in_its_words(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        staged = stage(Path(folder), {"about.md": text})
    for pages in staged.index.backlinks.values():
        for reference in (reference for page in pages for reference in page.references):
            if reference.context is not None:
                assert all(
                    0 <= hit.start < hit.end <= len(reference.context.words) for hit in reference.context.hits
                )


@pytest.mark.parametrize("name", sorted(HARBOUR))
def test_a_corpus_without_one_of_its_files_gives_findings_and_never_an_exception(
    name: str, tmp_path: Path
) -> None:
    assert stage(tmp_path, {name: None}).diagnostics is not None
