"""The MkDocs configuration of a dossier that has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.model.records import DossierRecord
from generator.render.templates import open_templates

# What Material for MkDocs 9 can say; other dossiers get its English words.
THEME_LANGUAGES = frozenset(
    [
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
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "zh",
        "zh-Hant",
        "zh-TW",
    ]
)
DEFAULT_LANGUAGE = "en"


def render_config(
    record: DossierRecord, templates: Sequence[Path], *, docs_dir: str, site_dir: str, custom_dir: str
) -> bytes:
    """Return the text of a `mkdocs.yml`; the folders are as MkDocs reads them, relative to the file."""
    language = record.language
    template = open_templates(templates).get_template("mkdocs.yml.j2")
    return template.render(
        site_name=record.title,
        site_description=record.description or record.subtitle or record.title,
        docs_dir=docs_dir,
        site_dir=site_dir,
        custom_dir=custom_dir,
        language=language if language in THEME_LANGUAGES else DEFAULT_LANGUAGE,
    ).encode()
