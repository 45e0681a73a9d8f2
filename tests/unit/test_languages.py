"""Dossiers in other languages than English: no English word on their pages, and the right language on each word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from generator.model.corpus import Corpus
from generator.render import render_config, render_pages, render_theme_files
from generator.render.config import THEME_LANGUAGES
from generator.render.strings import Strings, open_strings
from generator.resources import TEMPLATES
from tests.corpora import Staged, run_stages, write_corpus
from tests.corpora_languages import ARABIC, CHINESE, GERMAN

BASES = {"ar": ARABIC, "zh": CHINESE, "de": GERMAN}
# What shows in attributes of generated pages.
READ_OUT = re.compile(r'\b(?:aria-label|title|alt|placeholder|data-label|data-kind)="([^"]*)"')
TAG = re.compile(r"</?\w[^>]*>")
ATTRIBUTES = re.compile(r"\{: (.*?)\}")
TARGET = re.compile(r"\]\([^)]*\)")
DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
# Values of data that are no words for readers.
NO_WORDS = frozenset({"kind", "state", "search", "parts", "hide"})
# Formats for programs, and words that say that they are English.
CODE = re.compile(r"<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)
ENGLISH = re.compile(r'<(\w+)\b[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)
# actors/ann-lee#record
ADDRESS = re.compile(r"\w+/[^\s/]+")
# Names that stand in every language, and what the corpus names by itself.
NAMES = frozenset({"dossier", "sha", "zunk", "txt", "corpus"})


@cache
def staged(language: str, folder: Path) -> Staged:
    return run_stages(write_corpus(folder / language, base=BASES[language]))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("languages")


@cache
def pages_of(language: str, folder: Path) -> Mapping[str, str]:
    """Return the generated pages of one dossier by path."""
    stage = staged(language, folder)
    pages, found = render_pages(stage.corpus, stage.linked, stage.index, [TEMPLATES])
    assert pages, found
    return {path: content.decode() for path, content in pages.items() if path.endswith(".md")}


def corpus_of(language: str, folder: Path) -> Corpus:
    return staged(language, folder).corpus


def all_words(strings: Strings) -> set[str]:
    """Return every word of the interface in small letters, without names in braces."""
    found: set[str] = set()
    for words in [*strings.text.values(), *strings.script.values()]:
        for form in [words] if isinstance(words, str) else words.values():
            found |= set(re.findall(r"[a-zäöüß]{3,}", re.sub(r"\{\w+\}", " ", form).casefold()))
    return found


@cache
def english_words() -> frozenset[str]:
    """Return the words of the English interface that the German one does not have."""
    english, german = (open_strings([TEMPLATES], language) for language in ("en", "de"))
    return frozenset(all_words(english) - all_words(german) - NAMES)


def values(data: object) -> Iterator[str]:
    """Yield the strings of a piece of data that readers see."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in NO_WORDS:
                yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)
    elif isinstance(data, str) and not ADDRESS.fullmatch(data):
        yield data


def readable(page: str) -> str:
    """Return what readers see or hear of a page in Markdown."""
    front = FRONT_MATTER.match(page)
    assert front is not None
    parts = list(values(yaml.safe_load(front[1])))
    body = page[front.end() :]
    for found in DATA.finditer(body):
        parts += values(json.loads(found[1]))
    body = ENGLISH.sub("", CODE.sub("", DATA.sub("", body)))
    parts += READ_OUT.findall(body)
    body = ATTRIBUTES.sub(lambda found: " ".join(READ_OUT.findall(found[0])), body)
    parts.append(TARGET.sub("]", TAG.sub(" ", body)))
    # Addresses are no words.
    return re.sub(r"https?://\S+", "", unescape(" ".join(parts)))


def test_a_german_dossier_shows_no_english_word(folder: Path) -> None:
    shown: dict[str, list[str]] = {}
    for path, page in pages_of("de", folder).items():
        for word in re.findall(r"[a-zäöüß]{3,}", readable(page).casefold()):
            if word in english_words():
                shown.setdefault(word, []).append(path)
    assert not {word: paths[:3] for word, paths in shown.items()}


def test_the_german_dossier_has_every_kind_of_page(folder: Path) -> None:
    english = {path for path in pages_of("de", folder) if "/" not in path or path.endswith("/index.md")}
    assert {"index.md", "about.md", "documents/index.md", "actors/index.md", "issues/index.md"} <= english
    assert {"bibliography/index.md"} <= english
    assert "actors/zorba-quimm.md" in pages_of("de", folder)


def test_words_follow_the_language_of_the_dossier(folder: Path) -> None:
    pages = pages_of("de", folder)
    document = pages["documents/zunk-0.md"]
    assert "„Quomp drilv norb 0“" in document
    assert "um März 1962" in document
    assert "# Dokumente {: #page-title }" in pages["documents/index.md"]
    assert "## Was hierher verweist {" in pages["actors/zorba-quimm.md"]
    assert '<dd markdown="span">Zeitungsartikel</dd>' in pages["bibliography/zuff-0.md"]


def test_citations_are_in_the_language_of_the_dossier(folder: Path) -> None:
    pages = pages_of("de", folder)
    assert "Ilb Quozz und Oz Vrunt" in readable(pages["documents/zunk-0.md"])
    assert "„Zuff klomv 0“" in unescape(pages["bibliography/zuff-0.md"])
    assert " and " not in readable(pages["bibliography/index.md"])


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_a_dossier_without_words_of_its_own_has_english_words_and_its_own_dates(
    language: str, folder: Path
) -> None:
    pages = pages_of(language, folder)
    assert "# Documents {: #page-title }" in pages["documents/index.md"]
    assert {"ar": "7 يناير 1963", "zh": "1963年1月7日"}[language] in pages["documents/index.md"]


@pytest.mark.parametrize("language", sorted(BASES))
def test_dossiers_in_other_languages_have_no_findings(language: str, folder: Path) -> None:
    assert staged(language, folder).messages == ""


def test_words_in_another_language_than_the_page_say_so(folder: Path) -> None:
    pages = pages_of("ar", folder)
    document = pages["documents/letter-1962.md"]
    assert '# Letter to the Harbour Board {: #page-title lang="en" dir="ltr" }' in document
    assert '<div class="transcription" lang="en" dir="ltr"' in document
    assert '<blockquote class="quotation" lang="en" dir="ltr"' in document
    # The sentence of a backlink, on the page of the actor whom it names.
    assert '<span lang="en" dir="ltr"><b>Said Marsa</b> writes' in pages["actors/سعيد-المرسى.md"]
    # A link by the title.
    assert (
        '[Letter to the Harbour Board](letter-1962.md){: .document lang="en" dir="ltr" }'
        in (pages["documents/index.md"])
    )
    japanese = pages_of("zh", folder)["documents/書簡-1962.md"]
    assert '# 防波堤についての書簡 {: #page-title lang="ja" }' in japanese


def test_words_in_the_language_of_the_page_need_not_say_so(folder: Path) -> None:
    page = pages_of("ar", folder)["documents/مذكرة-1962.md"]
    assert 'lang="ar"' not in page


def test_the_theme_speaks_or_at_least_names_the_language_of_the_dossier(tmp_path: Path) -> None:
    installed = files("material") / "templates" / "partials" / "languages"
    assert {path.name.removesuffix(".html") for path in installed.iterdir()} == THEME_LANGUAGES
    for language, base, direction in (
        ("de-CH", "de", "ltr"),
        ("zh-Hant-HK", "zh-Hant", "ltr"),
        ("ps", "en", "rtl"),
        ("en-GB", "en", "ltr"),
    ):
        record = run_stages(
            write_corpus(tmp_path / language, {"dossier.md": f"---\nlanguage: {language}\n---\n"})
        ).corpus.dossier.record
        written = render_theme_files(record)
        words = written[f"partials/languages/{language}.html"].decode()
        assert f'import "partials/languages/{base}.html"' in words
        assert f'"language": "{language}", "direction": "{direction}"' in words
        config = render_config(record, [TEMPLATES], docs_dir="docs", site_dir="site", custom_dir="own")
        assert yaml.safe_load(config)["theme"]["language"] == language


def test_a_language_of_the_theme_needs_no_file(folder: Path) -> None:
    assert render_theme_files(corpus_of("de", folder).dossier.record) == {}


def test_navigation_is_in_the_language_of_the_dossier(folder: Path) -> None:
    record = corpus_of("de", folder).dossier.record
    config = yaml.safe_load(
        render_config(record, [TEMPLATES], docs_dir="docs", site_dir="site", custom_dir="own")
    )
    assert [title for entry in config["nav"] for title in entry][:4] == [
        "Start",
        "Dokumente",
        "Akteure",
        "Themen",
    ]
    assert config["theme"]["palette"][0]["toggle"]["name"] == "Dunkel anzeigen"
    assert config["extra"]["words"]["page_not_found"] == "Seite nicht gefunden"
