"""The language of a text, where its words leave no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.importing.model import Block, Fact

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Below this probability, or in fewer letters, the language stays open.
SURE = 0.95
SHORTEST_CP = 60
# As much of a text as is needed.
SAMPLE_CP = 4000


@lru_cache(maxsize=1)
def load_model() -> LanguageIdentifier:
    """Return the model of 97 languages, loaded once, and its library with it: no other command waits for them."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def find_language(blocks: Sequence[Block], stated: Sequence[Fact]) -> Fact | None:
    """Return the language (BCP 47) that the format states, or that the words are surely in; None in doubt.

    What a page states is believed only where the words do not speak against it: many pages carry their software's
    language.
    """
    text = " ".join(block.text for block in blocks if block.kind != "quote")[:SAMPLE_CP]
    guess, probability = load_model().classify(text) if len(text) >= SHORTEST_CP else ("", 0.0)
    is_sure = probability >= SURE
    for fact in stated:
        if (
            fact.key == "language"
            and fact.value
            and (not is_sure or fact.value.split("-")[0].casefold() == guess)
        ):
            return fact
    if not is_sure:
        return None
    first = max(blocks, key=lambda block: len(block.text))
    return Fact(key="language", value=str(guess), line=first.line, words=" ".join(first.text.split()[:8]))
