"""The words of the interface: complete in each language, all of them used, none of them left in templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from generator.load.csl_terms import TYPES
from generator.render.strings import BadStringsError, open_strings
from generator.resources import SITE_OVERRIDES, TEMPLATES

PACKAGE = Path(__file__).resolve().parents[2] / "generator"
LANGUAGES = sorted(path.stem for path in (TEMPLATES / "strings").glob("*.yml"))
PARTS = ("text", "script")
PLACEHOLDER = re.compile(r"\{(\w+)\}")

# Samples: t("home")  t.plain("kind")  strings("place_x")  words.plain("and")  say("date_about")
CALLED = re.compile(
    r"""\b(?:t|strings|_strings|words|say|_say|_around)(?:\.(?:plain|join))?\(\s*(f?)["']([\w-]+)(["']|\{)"""
)
# Sample: t("card_" ~ kind)
JOINED = re.compile(r'\bt(?:\.plain)?\(\s*"([\w-]+_)" ~')
# Sample: dossier.strings.card_close
READ = re.compile(r"\bstrings\.(\w+)")
# What is told apart from words in templates: comments, statements, values, tags, attributes of Markdown, addresses.
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CODE = re.compile(r"\{%(.*?)%\}|\{\{(.*?)\}\}", re.DOTALL)
# A statement or value may stand in the place of a tag's name.
TAG = re.compile(r"</?[\w\0][^>]*>")
ATTRIBUTES = re.compile(r"\{: .*?\}")
TARGET = re.compile(r"\]\([^)]*\)")
READABLE = re.compile(
    r"""\b(aria-label|title|alt|placeholder|data-label|data-kind)\s*=\s*["']([^"']*[A-Za-z]{2}[^"']*)"""
)
LITERAL = re.compile(r'"([^"]*)"')
# Names that no language translates.
NAMES = re.compile(r"\b(?:SHA-256|Dossier|BibTeX|RIS|CSL-JSON|CSL|EDTF)\b")


class _OnceLoader(yaml.SafeLoader):
    """Reads YAML in which no key stands twice; the ordinary reader would take the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"{twice} stand twice"
        return dict(super().construct_mapping(node, deep))


@cache
def read(language: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the file of one language as it is written."""
    text = (TEMPLATES / "strings" / f"{language}.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, _OnceLoader))  # noqa: S506 - a safe loader, see above


def forms(words: Any) -> Mapping[str, str]:
    """Return words by plural form; those that have only one are the `other`."""
    return words if isinstance(words, Mapping) else {"other": words}


def files(folder: Path, *endings: str) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder with these endings, in order, with their text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in endings and "starter" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


@cache
def sources() -> str:
    """Return everything that uses the words of pages."""
    return "\n".join(text for folder in (PACKAGE, TEMPLATES) for _, text in files(folder, ".py", ".j2"))


@cache
def scripts() -> str:
    """Return everything that uses the words of scripts."""
    return "\n".join(text for _, text in files(SITE_OVERRIDES, ".js"))


def test_there_is_english_and_one_more_language() -> None:
    assert {"de", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_keys_of_english(language: str, part: str) -> None:
    assert sorted(read(language)[part]) == sorted(read("en")[part])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_keeps_the_names_in_braces(language: str, part: str) -> None:
    for key, english in read("en")[part].items():
        wanted = set(PLACEHOLDER.findall(forms(english)["other"]))
        for form, words in forms(read(language)[part][key]).items():
            found = set(PLACEHOLDER.findall(words))
            # "Cited once" needs no number.
            assert wanted - {"n"} <= found <= wanted, (key, form)
            assert form != "other" or found == wanted, key


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_count_have_each_plural_form_of_their_language(language: str, part: str) -> None:
    wanted = {*Locale.parse(language, sep="-").plural_form.tags, "other"}
    for key, words in read(language)[part].items():
        if isinstance(words, Mapping):
            assert set(words) == wanted, key
        # What English counts may need forms that the other language has.
        assert isinstance(words, Mapping) == isinstance(read("en")[part][key], Mapping), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_empty_or_have_space_around_them(language: str) -> None:
    for part in PARTS:
        for key, words in read(language)[part].items():
            for form in forms(words).values():
                assert form, key
                assert form == form.strip() or key.endswith("_separator"), key


def test_every_key_that_pages_use_has_words() -> None:
    text = read("en")["text"]
    for is_open, key, end in CALLED.findall(sources()):
        # As in the docstrings: `t("key")`.
        if key == "key":
            continue
        if end == "{":
            assert is_open
            assert any(one.startswith(key) for one in text), key
        elif not any(f'"{key}" ~' in line for line in sources().split("\n") if key in line):
            assert key in text, key
    for start in JOINED.findall(sources()):
        assert any(one.startswith(start) for one in text), start


def test_every_word_of_pages_is_used() -> None:
    called = {key for _, key, end in CALLED.findall(sources()) if end == "{"} | set(JOINED.findall(sources()))
    # Sample: f"date_{part}", handed on to be asked for later
    called |= set(re.findall(r'f"([a-z]+_)\{', sources()))
    unused = [
        key
        for key in read("en")["text"]
        if f'"{key}"' not in sources()
        and f"'{key}'" not in sources()
        and not any(key.startswith(start) for start in called)
    ]
    assert not unused


def test_every_word_of_scripts_is_used() -> None:
    called = set(re.findall(r"`([a-z_]+_)\$\{", scripts())) | set(re.findall(r'"([a-z_]+_)" \+', scripts()))
    # `list + "_none"`: which list it is, the page says.
    endings = tuple(re.findall(r'\+ "(_[a-z]+)"', scripts()))
    unused = []
    for key in read("en")["script"]:
        ends = [key.removeprefix(start) for start in called if key.startswith(start)]
        # `search_${…}` with `by_${…}`; "timeline_" + kind + "s".
        is_made = any(end.startswith(start) for end in ends for start in called)
        names = [rf"\b{key}\b", *(rf"""["'`.]{end.removesuffix("s")}""" for end in ends)]
        # What there is to filter by, the page says as well.
        is_made = is_made or key.endswith(endings) or any(f'"{end}"' in sources() for end in ends)
        if not is_made and not any(re.search(name, scripts()) for name in names):
            unused.append(key)
    assert not unused


def test_every_key_that_scripts_name_has_words() -> None:
    keys = read("en")["script"]
    groups = {key.partition("_")[0] for key in keys if "_" in key}
    for key in READ.findall(scripts()):
        assert key in keys, key
    for literal in re.findall(rf'"((?:{"|".join(sorted(groups))})_[a-z_]+)"', scripts()):
        assert literal in keys or any(key.startswith(literal) for key in keys), literal


def test_every_type_of_source_has_a_word() -> None:
    assert {f"type_{name}" for name in TYPES} <= set(read("en")["text"])


@pytest.mark.parametrize(
    "path", [p for p, _ in files(TEMPLATES, ".j2")], ids=lambda p: p.relative_to(TEMPLATES).as_posix()
)
def test_templates_hold_no_words_of_their_own(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    code = ["".join(found) for found in CODE.findall(text)]
    for literal in (one for piece in code for one in LITERAL.findall(piece)):
        is_key = literal in read("en")["text"] or re.fullmatch(r"[a-z0-9_./-]*", literal)
        assert is_key or not re.search(r"[A-Za-z]{2}", literal), literal
    if path.name == "mkdocs.yml.j2":
        return
    plain = CODE.sub("\0", text)
    for name, words in READABLE.findall(plain):
        pytest.fail(f"{name}: {words}")
    body = plain.partition("---\n")[2].partition("---\n")[2] if plain.lstrip().startswith("---") else plain
    words = NAMES.sub("", TARGET.sub("]", ATTRIBUTES.sub("", TAG.sub("", body))))
    words = re.sub(r"&#?\w+;", "", words)
    words = re.sub(r"^(?:title|description|parts|hide|search):.*$", "", words, flags=re.MULTILINE)
    assert not re.search(r"[A-Za-z]{2}", words), re.findall(r".*[A-Za-z]{2}.*", words)


@pytest.mark.parametrize(
    "path",
    [p for p, _ in files(SITE_OVERRIDES, ".html")],
    ids=lambda p: p.relative_to(SITE_OVERRIDES).as_posix(),
)
def test_overrides_of_the_theme_hold_no_words_but_english_defaults(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    english = {form for words in read("en")["text"].values() for form in forms(words).values()}
    code = ["".join(found) for found in CODE.findall(text)]
    for default in (one for piece in code for one in re.findall(r'\bd\("([^"]*)"', piece)):
        assert default in english or not re.search(r"[A-Z]| ", default), default
    plain = re.sub(r"<script>.*?</script>", "", CODE.sub("", text))
    assert not READABLE.findall(plain)
    words = re.sub(r"&#?\w+;", "", TAG.sub("", plain))
    assert not re.search(r"[A-Za-z]{2}", words), re.findall(r".*[A-Za-z]{2}.*", words)


def test_a_plural_form_is_that_of_the_language(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "ru.yml").write_text(
        "text:\n  more: {one: '{n} a', few: '{n} b', many: '{n} c', other: '{n} d'}\n", encoding="utf-8"
    )
    strings = open_strings([tmp_path, TEMPLATES], "ru")
    assert [strings.plain("more", n=n) for n in (1, 2, 5, 21)] == ["1 a", "2 b", "5 c", "21 a"]


def test_what_a_file_lacks_is_in_english_and_a_variety_takes_its_language(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "de-AT.yml").write_text("text: {home: Servus}\n", encoding="utf-8")
    strings = open_strings([tmp_path, TEMPLATES], "de-AT")
    assert (strings.language, strings.locale) == ("de-AT", "de-AT")
    assert strings.plain("home") == "Servus"
    assert strings.plain("documents") == "Dokumente"
    assert open_strings([TEMPLATES], "fr").plain("documents") == "Documents"
    assert open_strings([TEMPLATES], "fr").language == "en"


def test_a_dossier_may_word_one_thing_anew(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "en.yml").write_text("text: {issues: Disputes}\n", encoding="utf-8")
    strings = open_strings([tmp_path, TEMPLATES], "en")
    assert strings.plain("issues") == "Disputes"
    assert strings.plain("actors") == "Actors"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a\n", "two lists of words are expected"),
        ("text: {home: [a]}\n", "`home` is neither words nor plural forms with `other`"),
        ("text: {home: {one: a}}\n", "`home` is neither words nor plural forms with `other`"),
        ("text: [\n", "while parsing a flow node"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadStringsError, match=fault) as raised:
        open_strings([tmp_path, TEMPLATES], "en")
    assert raised.value.name == "strings/en.yml"


def test_words_of_a_page_cannot_become_markup(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "en.yml").write_text("text: {more: '<b>{n}</b> [x](y)'}\n", encoding="utf-8")
    written = open_strings([tmp_path, TEMPLATES], "en")("more", n="<i>")
    assert "<" not in written
    assert "](" not in written


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [("en", 999, "999"), ("en", 11544, "11,544"), ("de", 11544, "11.544"), ("de-CH", 11544, "11’544")],
)
def test_counts_are_written_as_the_language_writes_them(language: str, number: int, written: str) -> None:
    strings = open_strings([TEMPLATES], language)
    assert strings.number(number) == written
    assert written in strings.plain("all_documents", n=number)
    assert written in strings("all_documents", n=number)
