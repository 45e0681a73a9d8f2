"""What a name probably names, and by what one can tell."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from generator.suggest import vocabulary as voc
from generator.suggest.candidates import Candidate
from generator.suggest.model import LikelyKind


def likely_kind(candidate: Candidate) -> tuple[LikelyKind, str, int]:
    """Return the likely kind of a candidate, the reason as the end of a sentence, and points for how sure it is.

    A word of the name itself says more than what stands around it. Without any sign the kind is `unknown`.
    """
    return _by_its_words(candidate) or _by_its_contexts(candidate) or _by_its_shape(candidate)


def _by_its_words(candidate: Candidate) -> tuple[LikelyKind, str, int] | None:
    parts = candidate.parts
    language = candidate.occurrences[0].reading.language
    if " ".join(parts) in voc.countries(language):
        return "place", "a country or territory (CLDR)", -50
    if " ".join(parts) in voc.cities():
        return "place", "a city (tz database)", -30
    titles = Counter(one.title for one in candidate.occurrences if one.title)
    if titles and not any(part in voc.ORGANISING - voc.PLACE for part in parts[-1:]):
        return "person", f"the title `{titles.most_common(1)[0][0]}` stands before it", 20
    # The word for a body is the last one, or the one before "of": Bank of Elm, Universität Elm.
    heads = [parts[-1], *(a for a, b in pairwise(parts) if b in voc.OF), parts[0]]
    kinds: tuple[tuple[LikelyKind, frozenset[str]], ...] = (
        ("public body", voc.PUBLIC_BODY),
        ("company", voc.COMPANY),
        ("organisation", voc.ORGANISATION),
        ("place", voc.PLACE),
    )
    if len(parts) < 2:
        is_place = any(piece in voc.PLACE for piece in parts[0].split("-")[1:])
        return ("place", "a word for a place in it", -20) if is_place else None
    for head in heads:
        for kind, words in kinds:
            if head in words:
                return kind, f"the word `{head}` in it", -15 if kind == "place" else 20
    german = next((body for part in parts if language == "de" and (body := voc.german_body(part))), None)
    if german:
        return german, "a German word for a body in it", 20
    if parts[0] in voc.PLACE_OPENERS and len(parts) == 2:
        return "place", f"it begins with `{parts[0]}`", -20
    return None


def _by_its_contexts(candidate: Candidate) -> tuple[LikelyKind, str, int] | None:
    found = candidate.occurrences
    is_acronym = candidate.words.isupper() and len(candidate.parts) == 1
    saying = next((one.after for one in found if one.after in voc.SAYING), "")
    if saying and not is_acronym:
        article = _has_article(candidate)
        if article:
            return "organisation", f"it acts (`{saying}`) and stands behind an article", 12
        return "person", f"`{saying}` follows it", 15
    located = [one.before for one in found if one.before in voc.LOCATING]
    if 2 * len(located) > len(found) and len(candidate.parts) < 3 and not is_acronym:
        return "place", f"it stands behind `{located[0]}`", -15
    return None


def _has_article(candidate: Candidate) -> bool:
    return any(voc.is_determiner(one.before, one.reading.language) for one in candidate.occurrences)


def _by_its_shape(candidate: Candidate) -> tuple[LikelyKind, str, int]:
    parts = candidate.parts
    if candidate.words.replace(".", "").isupper() and len(parts) == 1:
        return "organisation", "it is written in capitals, as abbreviations are", 5
    if _has_article(candidate):
        return "unknown", "it stands behind an article, as persons seldom do", 0
    if "&" in candidate.words:
        return "company", "`&` joins its words", 10
    is_personal = 2 <= len(parts) <= 4 and all(part.isalpha() or "-" in part or "'" in part for part in parts)
    if is_personal and not any(voc.is_people(part, "en") for part in parts):
        if any(len(part) == 1 for part in parts[1:-1]):
            return "person", "an initial stands in it", 15
        return "person", "two or more capitalised words, and nothing that speaks for another kind", 0
    return "unknown", "nothing around it tells", 0
