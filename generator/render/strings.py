"""The words of the interface in the dossier's language, from `strings/<language>.yml` in the folders of templates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from generator.render.escape import Markdown, escape_text
from generator.text.dates import format_date, parse_date

FALLBACK_LANGUAGE = "en"
# "{n} more": a name in braces is filled in.
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What one entry of a file of strings is: words, or words by the plural forms of the Unicode CLDR ("one", "other" …).
Words = str | Mapping[str, str]

# Smaller counts have no thousands to be told apart.
MANY = 1000


class BadStringsError(ValueError):
    """A file of strings that cannot be used; `name` is its path in the folder of templates."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(fault)
        self.name = f"strings/{path.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The words of one language. `text` is for pages, `script` for the scripts in the browser; both by key.

    `language` is that of the words; `locale` is the dossier's, by which dates are written.
    """

    language: str
    locale: str
    text: Mapping[str, Words]
    script: Mapping[str, Words]
    # What was made of words and dates before: thousands of pages say the same few hundred.
    _pieces: dict[str, tuple[tuple[Markdown, str], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _dates: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __call__(self, key: str, **values: object) -> Markdown:
        """Return the words of a key as Markdown, each `{name}` in them replaced by the value of that name.

        `n` chooses the plural form. A value that is not Markdown is escaped.

        Raises:
            KeyError: no such key, or a value that the words ask for is missing.
        """
        words = self._form(key, values)
        pieces = self._pieces.get(words)
        if pieces is None:
            pieces = self._pieces[words] = tuple(_split(words))
        if len(pieces) == 1:
            return pieces[0][0]
        written: list[str] = []
        for literal, name in pieces:
            written.append(literal)
            if name:
                value = self._value(name, values)
                written.append(value if isinstance(value, Markdown) else escape_text(str(value)))
        return Markdown("".join(written))

    def number(self, number: int) -> str:
        """Return a count as the dossier's language writes it: 11,544."""
        return _write_number(number, self.locale) if number >= MANY else str(number)

    def join(self, separator: str, pieces: Iterable[Markdown]) -> Markdown:
        """Return pieces of Markdown with the words of a key, such as a comma, between each two."""
        return Markdown(escape_text(self.plain(separator), is_line_start=False).join(pieces))

    def plain(self, key: str, **values: object) -> str:
        """Return the same as plain text, for attributes and data."""
        words = self._form(key, values)
        return (
            PLACEHOLDER.sub(lambda match: str(self._value(match[1], values)), words)
            if "{" in words
            else words
        )

    def date(self, edtf: str) -> str:
        """Return a checked date in words, as `format_date` has them."""
        words = self._dates.get(edtf)
        if words is None:
            words = self._dates[edtf] = format_date(parse_date(edtf), self)
        return words

    def _value(self, name: str, values: Mapping[str, object]) -> object:
        """Return a value as it stands in words; `n` is a count."""
        value = values[name]
        return self.number(value) if name == "n" and isinstance(value, int) else value

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        """Return the words of a key with the names in braces still in them."""
        words = self.text[key]
        if isinstance(words, str):
            return words
        return words.get(_plural_form(self.language, str(values["n"])), words["other"])


def _split(words: str) -> Iterator[tuple[Markdown, str]]:
    """Yield each stretch of words as Markdown with the name in braces behind it, the last with none."""
    position = 0
    for match in PLACEHOLDER.finditer(words):
        yield escape_text(words[position : match.start()], is_line_start=position == 0), match[1]
        position = match.end()
    yield escape_text(words[position:], is_line_start=position == 0), ""


@lru_cache(maxsize=4096)
def _write_number(number: int, locale: str) -> str:
    try:
        return format_decimal(number, locale=Locale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        return str(number)


@lru_cache(maxsize=4096)
def _plural_form(language: str, number: str) -> str:
    try:
        return str(Locale.parse(language, sep="-").plural_form(int(number)))
    except (UnknownLocaleError, ValueError):
        return "other"


def open_strings(folders: Sequence[Path], language: str) -> Strings:
    """Return the words of a language; what its file lacks, or a language without a file, is in English.

    The first folder that holds a file wins, key by key.

    Raises:
        BadStringsError: a file cannot be read, is not YAML, or has another shape than the English one.
    """
    text: dict[str, Words] = {}
    script: dict[str, Words] = {}
    has_own = False
    for name in dict.fromkeys((FALLBACK_LANGUAGE, language.split("-")[0], language)):
        for folder in reversed(folders):
            path = folder / "strings" / f"{name}.yml"
            if path.is_file():
                read = _read_strings(path)
                text |= read["text"]
                script |= read["script"]
                has_own = has_own or name != FALLBACK_LANGUAGE
    own = language if has_own else FALLBACK_LANGUAGE
    return Strings(language=own, locale=language, text=text, script=script)


def script_json(value: object) -> str:
    """Return a value as JSON that may stand inside a `<script>` of a page of HTML or Markdown."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _read_strings(path: Path) -> dict[str, dict[str, Words]]:
    try:
        read: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise BadStringsError(path, " ".join(str(fault).split())) from fault
    parts = {name: read.get(name) or {} for name in ("text", "script")} if isinstance(read, dict) else {}
    if not parts or not all(isinstance(part, dict) for part in parts.values()):
        raise BadStringsError(path, "two lists of words are expected, `text` and `script`")
    for key, words in [*parts["text"].items(), *parts["script"].items()]:
        is_plural = (
            isinstance(words, dict) and "other" in words and all(isinstance(w, str) for w in words.values())
        )
        if not isinstance(words, str) and not is_plural:
            raise BadStringsError(path, f"`{key}` is neither words nor plural forms with `other`")
    return parts
