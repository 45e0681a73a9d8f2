"""The words of the interface in the dossier's language, from `strings/<language>.yml` in the folders of templates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError

from generator.render.escape import Markdown, escape_text

FALLBACK_LANGUAGE = "en"
# "{n} more": a name in braces is filled in.
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What one entry of a file of strings is: words, or words by the plural forms of the Unicode CLDR ("one", "other" …).
Words = str | Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The words of one language. `text` is for pages, `script` for the scripts in the browser; both by key."""

    language: str
    text: Mapping[str, Words]
    script: Mapping[str, Words]

    def __call__(self, key: str, **values: object) -> Markdown:
        """Return the words of a key as Markdown, each `{name}` in them replaced by the value of that name.

        `n` chooses the plural form. A value that is not Markdown is escaped.

        Raises:
            KeyError: no such key, or a value that the words ask for is missing.
        """
        words = self.plain(
            key, **{name: value for name, value in values.items() if name == "n"}, is_open=True
        )
        pieces: list[str] = []
        position = 0
        for match in PLACEHOLDER.finditer(words):
            pieces.append(escape_text(words[position : match.start()], is_line_start=position == 0))
            value = values[match[1]]
            pieces.append(value if isinstance(value, Markdown) else escape_text(str(value)))
            position = match.end()
        pieces.append(escape_text(words[position:], is_line_start=position == 0))
        return Markdown("".join(pieces))

    def plain(self, key: str, *, is_open: bool = False, **values: object) -> str:
        """Return the same as plain text, for attributes and data. `is_open` leaves the names in braces as they are."""
        words = self.text[key]
        if not isinstance(words, str):
            words = words.get(self._plural_form(values["n"]), words["other"])
        if is_open:
            return words
        return PLACEHOLDER.sub(lambda match: str(values[match[1]]), words)

    def _plural_form(self, number: object) -> str:
        try:
            return str(Locale.parse(self.language, sep="-").plural_form(number))
        except (UnknownLocaleError, ValueError):
            return "other"


def open_strings(folders: Sequence[Path], language: str) -> Strings:
    """Return the words of a language; what its file lacks, or a language without a file, is in English.

    The first folder that holds a file wins, key by key.

    Raises:
        OSError: a file cannot be read.
        yaml.YAMLError: a file is not YAML.
        ValueError: a file has another shape than the English one.
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
    return Strings(language=language if has_own else FALLBACK_LANGUAGE, text=text, script=script)


def script_json(value: object) -> str:
    """Return a value as JSON that may stand inside a `<script>` of a page of HTML or Markdown."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _read_strings(path: Path) -> dict[str, dict[str, Words]]:
    read: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(read, dict) or not all(isinstance(part, dict) for part in read.values()):
        raise ValueError(f"{path.name}: two lists of words are expected, `text` and `script`")
    parts = {"text": read.get("text", {}), "script": read.get("script", {})}
    for key, words in [*parts["text"].items(), *parts["script"].items()]:
        is_plural = (
            isinstance(words, dict) and "other" in words and all(isinstance(w, str) for w in words.values())
        )
        if not isinstance(words, str) and not is_plural:
            raise ValueError(f"{path.name}: `{key}` is neither words nor plural forms with `other`")
    return parts
