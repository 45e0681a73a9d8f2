"""The MkDocs configuration of a dossier that has none of its own, and what its theme lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.model.records import DossierRecord
from generator.render.languages import is_right_to_left
from generator.render.strings import open_strings
from generator.render.templates import open_templates

# What Material for MkDocs 9 can say.
THEME_LANGUAGES = frozenset(
    (
        *(
            "af",
            "ar",
            "az",
            "be",
            "bg",
            "bn",
            "ca",
            "cs",
            "cy",
            "da",
            "de",
            "el",
            "en",
            "eo",
            "es",
            "et",
            "eu",
            "fa",
            "fi",
            "fr",
            "gl",
        ),
        *(
            "he",
            "hi",
            "hr",
            "hu",
            "hy",
            "id",
            "is",
            "it",
            "ja",
            "ka",
            "kn",
            "ko",
            "ku-IQ",
            "lb",
            "lt",
            "lv",
            "mk",
            "mn",
            "ms",
            "my",
        ),
        *(
            "nb",
            "nl",
            "nn",
            "pl",
            "pt",
            "pt-BR",
            "ro",
            "ru",
            "sa",
            "sh",
            "si",
            "sk",
            "sl",
            "sq",
            "sr",
            "sv",
            "ta",
            "te",
            "th",
            "tl",
        ),
        *("tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant", "zh-TW"),
    )
)
# A file of the theme's words that takes all but its name and direction from another language of the theme.
THEME_WORDS = """\
{{% import "partials/languages/{base}.html" as base %}}
{{% set own = {{"language": "{language}", "direction": "{direction}"}} %}}
{{% macro t(key) %}}{{{{ own[key] or base.t(key) }}}}{{% endmacro %}}
"""
DEFAULT_LANGUAGE = "en"


def render_config(
    record: DossierRecord, templates: Sequence[Path], *, docs_dir: str, site_dir: str, custom_dir: str
) -> bytes:
    """Return the text of a `mkdocs.yml`; the folders are as MkDocs reads them, relative to the file."""
    strings = open_strings(templates, record.language)
    template = open_templates(templates, strings).get_template("mkdocs.yml.j2")
    return template.render(
        site_name=record.title,
        site_description=record.description or record.subtitle or record.title,
        docs_dir=docs_dir,
        site_dir=site_dir,
        custom_dir=custom_dir,
        language=record.language,
    ).encode()


def render_theme_files(record: DossierRecord) -> Mapping[str, bytes]:
    """Return what the theme lacks to speak the dossier's language, by path in the folder of overrides.

    A page in a language that the theme has no words for must still say which one it is in: screen readers choose
    their voice, and browsers hyphens, quotation marks and fonts, by it. The theme's words are those of the language
    it is a variety of, or English.
    """
    language = record.language
    if language in THEME_LANGUAGES:
        return {}
    base = next((tag for tag in _wider(language) if tag in THEME_LANGUAGES), DEFAULT_LANGUAGE)
    direction = "rtl" if is_right_to_left(language) else "ltr"
    words = THEME_WORDS.format(base=base, language=language, direction=direction)
    return {f"partials/languages/{language}.html": words.encode()}


def _wider(language: str) -> Sequence[str]:
    """Return the tags of the languages that one is a variety of, the nearest first: zh-Hant-HK, zh-Hant, zh."""
    subtags = language.split("-")
    return ["-".join(subtags[:count]) for count in range(len(subtags) - 1, 0, -1)]
