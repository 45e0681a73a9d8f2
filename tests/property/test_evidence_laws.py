"""Laws of evidence: a changed word is always found out, and no edition holds what it withholds."""

from __future__ import annotations

import string
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.edition import find_withheld, select_edition
from generator.link import link_corpus
from generator.link.quotations import QuotableText, Selector
from generator.load import load_corpus
from generator.model.edition import Edition
from generator.model.records import EditionSettings
from generator.quotes import format_lock, plan_lock
from generator.render import render_pages
from generator.resources import TEMPLATES
from generator.text.folding import normalise_quotation, quotation_digest
from generator.text.tokens import find_sequence, split_tokens
from generator.verify.leaks import SHINGLE_WORDS
from generator.verify.site_words import read_words
from tests.corpora import PUBLIC, run_stages, write_corpus

WORD = st.text(string.ascii_lowercase + "éßñ", min_size=2, max_size=9)
WORDS = st.lists(WORD, min_size=12, max_size=60)
CHARACTER = st.sampled_from(string.ascii_letters + string.digits + "éàü")


def record(publish: str, more: str = "") -> str:
    return f"---\ntitle: Minutes\ndate: 1963\nkind: minutes\nrights: {{publish: {publish}}}\n{more}---\n"


@given(WORDS, st.data())
def test_any_edit_of_a_quoted_word_is_found_out(words: list[str], data: st.DataObject) -> None:
    """In the text and by the lock: a letter changed, dropped or put in, a word left out or two in the other order."""
    start = data.draw(st.integers(0, len(words) - 4))
    end = data.draw(st.integers(start + 3, len(words)))
    quote = " ".join(words[start:end])
    text = " ".join(words)
    assert QuotableText(text).find(Selector(quote=quote))
    position = data.draw(st.integers(0, len(quote) - 1))
    edit = data.draw(st.sampled_from(["change", "drop", "insert", "capital"]))
    letter = data.draw(CHARACTER)
    edited = {
        "change": quote[:position] + letter + quote[position + 1 :],
        "drop": quote[:position] + quote[position + 1 :],
        "insert": quote[:position] + letter + quote[position:],
        "capital": quote[:position] + quote[position].upper() + quote[position + 1 :],
    }[edit]
    assume(normalise_quotation(edited).text != normalise_quotation(quote).text)
    # Another stretch of the text may have these very words.
    assume(f" {edited} " not in f" {text} ")
    assert not QuotableText(text).find(Selector(quote=edited))
    assert quotation_digest(edited) != quotation_digest(quote)


@given(st.text(), st.text())
def test_equal_digests_mean_equal_words_and_the_form_of_writing_does_not_count(one: str, other: str) -> None:
    is_same = (
        normalise_quotation(unicodedata.normalize("NFC", one)).text
        == normalise_quotation(unicodedata.normalize("NFC", other)).text
    )
    assert (quotation_digest(one) == quotation_digest(other)) is is_same
    assert quotation_digest(unicodedata.normalize("NFD", one)) == quotation_digest(one)
    spaced = one.replace(" ", "\u00a0\n ")
    assert normalise_quotation(spaced).text == normalise_quotation(one).text or "-" in one or "\u2010" in one


@settings(max_examples=25)
@given(WORDS, st.data())
def test_a_lock_accepts_what_was_found_and_nothing_else(words: list[str], data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(words) - 3), min_size=1, max_size=4, unique=True))
    quotes = [" ".join(words[start : start + 3]) for start in starts]
    assume(all(f" {' '.join(words)} ".count(f" {quote} ") == 1 for quote in quotes))
    notes = "".join(f"- {{id: n{number}, quote: '{quote}'}}\n" for number, quote in enumerate(quotes))
    with tempfile.TemporaryDirectory() as folder:
        root = write_corpus(
            Path(folder),
            {
                "dossier.md": "---\ntitle: Papers\n---\n[[minutes]]\n",
                "documents/minutes.md": record("excerpts"),
                "texts/minutes.md": " ".join(words) + "\n",
                "annotations/minutes.yml": notes,
            },
            base={},
        )
        at_hand = run_stages(root, None)
        (root / "evidence.lock").write_text(format_lock(plan_lock(at_hand.corpus, at_hand.linked).lock))
        (root / "texts/minutes.md").unlink()
        absent = run_stages(root)
        assert absent.messages == ""
        assert {one.state for one in absent.linked.quotations.values()} == {"verified-in-source"}
        changed = data.draw(st.integers(0, len(quotes) - 1))
        (root / "annotations/minutes.yml").write_text(
            notes.replace(f"'{quotes[changed]}'", f"'{quotes[changed]}x'")
        )
        assert f"not proven: `n{changed}`" in run_stages(root).messages


SECRET = st.lists(st.text(string.ascii_lowercase, min_size=6, max_size=9), min_size=9, max_size=30)


@settings(max_examples=12, deadline=None)
@given(secrets=st.lists(SECRET, min_size=4, max_size=4), is_spread=st.booleans())
def test_no_page_of_an_edition_holds_a_withheld_shingle(secrets: list[list[str]], is_spread: bool) -> None:
    """Whatever is withheld, by rights, embargo, mark or redaction, no file that is written holds eight words of it."""
    text, embargoed, note, redacted = (" ".join(words) for words in secrets)
    with tempfile.TemporaryDirectory() as folder:
        root = write_corpus(
            Path(folder), files(text, embargoed, note, redacted, is_spread=is_spread), base={}
        )
        corpus, found = load_corpus(root)
        assert corpus is not None, found
        narrowed, _ = select_edition(
            corpus, Edition(name="public", settings=EditionSettings(), day="2026-01-01")
        )
        linked, _ = link_corpus(narrowed)
        staged = run_stages(root, PUBLIC)
        assert staged.messages == ""
        pages, faults = render_pages(staged.corpus, staged.linked, staged.index, (TEMPLATES,))
        assert not [one for one in faults if one.severity == "error"]
        wanted = [words.split() for words in (text, embargoed, note, redacted)]
        withheld = {
            " ".join(words[start : start + SHINGLE_WORDS])
            for words in wanted
            for start in range(len(words) - SHINGLE_WORDS + 1)
        }
        for name, content in pages.items():
            for _, said in read_words(content, name):
                tokens = split_tokens(said)
                shingles = {
                    " ".join(tokens[start : start + SHINGLE_WORDS])
                    for start in range(len(tokens) - SHINGLE_WORDS + 1)
                }
                assert not shingles & withheld, name
        # And the scan knows of each.
        known = [split_tokens(one.words) for one in find_withheld(corpus, narrowed, linked).texts]
        for words in wanted:
            assert any(any(True for _ in find_sequence(words[:SHINGLE_WORDS], tokens)) for tokens in known)


def files(text: str, embargoed: str, note: str, redacted: str, *, is_spread: bool) -> Mapping[str, str]:
    """Return a corpus with a secret of each kind, on one line or spread over several."""
    body = text.replace(" ", "\n") if is_spread else text
    return {
        "dossier.md": "---\ntitle: Papers\n---\nAll of [[minutes]] and [[memo]].\n",
        "documents/minutes.md": record("excerpts", f"repairs: [{{rule: x, before: '{text}', after: y}}]\n"),
        "texts/minutes.md": f"It begins so. {body}\n",
        "annotations/minutes.yml": f"- {{id: so, quote: It begins so, note: 'Known. %%{note}%%'}}\n"
        f"- {{id: in, quote: begins, note: '{note}', internal: true}}\n",
        "documents/memo.md": record("full", f"redactions: [{{quote: '{redacted}', reason: name}}]\n")
        + f"The memo says little. %%{note}%%\n",
        "texts/memo.md": f"Dear all, {redacted.replace(' ', ' ' if not is_spread else chr(10))} and more.\n",
        "documents/letter.md": record("full", "embargo_until: 2027-01-01\n") + f"{embargoed}\n",
        "texts/letter.md": f"{embargoed}\n",
        "annotations/letter.yml": f"- {{id: all, quote: '{embargoed}', note: '{note}'}}\n",
    }


@given(st.text(max_size=200))
def test_tokens_do_not_depend_on_case_form_or_what_stands_between(text: str) -> None:
    tokens = split_tokens(text)
    assert split_tokens(unicodedata.normalize("NFD", text)) == tokens or any(
        unicodedata.combining(character) for character in text
    )
    assert split_tokens(" ".join(tokens)) == tokens
