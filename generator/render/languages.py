"""The language and direction of words that are in another language than the page."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from generator.model.corpus import Corpus
from generator.render.escape import Markdown, escape_attribute


@lru_cache(maxsize=128)
def is_right_to_left(language: str) -> bool:
    """Return whether a language (BCP 47) is written from right to left; False where it is not known."""
    for tag in (language, language.split("-")[0]):
        try:
            return bool(Locale.parse(tag, sep="-").text_direction == "rtl")
        except (UnknownLocaleError, ValueError):
            continue
    return False


def language_attributes(language: str, around: str) -> Markdown:
    """Return ` lang="…"` and, where the direction differs too, ` dir="…"`; empty where `around` is the same language.

    `around` is the language of the element that the attributes' own stands in. The space comes first, so that the
    result can follow the name of a tag.
    """
    if not language or language.casefold() == around.casefold():
        return Markdown("")
    is_rtl = is_right_to_left(language)
    direction = "" if is_rtl == is_right_to_left(around) else f' dir="{"rtl" if is_rtl else "ltr"}"'
    return Markdown(f' lang="{escape_attribute(language)}"{direction}')


def language_of_title(corpus: Corpus, slug: str) -> str:
    """Return the language of the title of a document or source, as its record gives it; else that of the dossier."""
    own = corpus.dossier.record.language
    document = corpus.documents.get(slug)
    if document is not None:
        return document.record.language or own
    source = corpus.citations.get(slug)
    return str(source.csl.get("language") or own) if source is not None else own
