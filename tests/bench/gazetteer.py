"""How fast names are found: 50,000 aliases in generated text, beside the automaton alone.

Usage: python tests/bench/gazetteer.py [MEGABYTES]    (of text; 20 if left out)

The texts are paragraphs of 70 words, three of them names, in plain letters, and with the curly quotes, dashes and
accents of printed texts. The best of three runs counts, in seconds of the processor.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterable

import ahocorasick_rs

from generator.text.folding import fold_name
from generator.text.gazetteer import Gazetteer, Name

ALIASES = 50_000
PARAGRAPH = 70
NAMES = 3
RUNS = 3
SYLLABLES = re.findall("[a-z]+", "ba de fi go lu ma ne po ri su ta ve wi zo ka len mar tin ros kel ver dan")
LITTLE = re.findall("[a-z]+", "the of and to in a was that by for it with as his on be at had not which")


def make_names(chance: random.Random) -> list[str]:
    """Return as many different names of two or three words as there are aliases."""
    names: dict[str, None] = {}
    while len(names) < ALIASES:
        words = [make_word(chance, 2).capitalize() for _ in range(chance.choice((2, 2, 3)))]
        names[" ".join(words)] = None
    return list(names)


def make_word(chance: random.Random, least: int) -> str:
    """Return an invented word of a few syllables."""
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(least, 4)))


def make_texts(chance: random.Random, names: list[str], megabytes: float, *, is_printed: bool) -> list[str]:
    """Return paragraphs of as many megabytes in UTF-8; printed ones have about one character of ASCII in fifty less."""
    words = [make_word(chance, 1) for _ in range(5_000)]
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        row = [
            chance.choice(LITTLE) if chance.random() < 0.4 else chance.choice(words) for _ in range(PARAGRAPH)
        ]
        for _ in range(NAMES):
            row[chance.randrange(PARAGRAPH)] = chance.choice(names)
        text = " ".join(row) + "."
        if is_printed:
            row[5], row[20] = f"\u201c{row[5]}", f"{row[20]}\u201d \u2013"
            row[40], row[60] = f"na\u00efve {row[40]}", f"{row[60]}\u2019s"
            text = " ".join(row) + "\u2026"
        texts.append(text)
        size += len(text.encode())
    return texts


def measure(find: Callable[[str], object], texts: Iterable[str], megabytes: float) -> float:
    """Return the megabytes of text that are searched in a second, in the best of the runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            find(text)
        seconds.append(time.process_time() - start)
    return megabytes / min(seconds)


def main() -> None:
    """Print a table of megabytes a second."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    chance = random.Random(1)  # noqa: S311 - the same words in every run
    names = make_names(chance)
    start = time.process_time()
    gazetteer = Gazetteer(
        [Name(slug=f"n{n}", alias=name, is_case_sensitive=True) for n, name in enumerate(names)]
    )
    print(f"{ALIASES:,} aliases made ready in {time.process_time() - start:.1f} s")  # noqa: T201
    automaton = ahocorasick_rs.AhoCorasick(sorted(fold_name(name).text for name in names))
    print(f"{'text':<10}{'names':>10}{'found':>12}{'automaton':>14}   ratio")  # noqa: T201
    for kind, is_printed in (("plain", False), ("printed", True)):
        texts = make_texts(chance, names, megabytes, is_printed=is_printed)
        count = sum(len(gazetteer.find(text)) for text in texts)
        folded = [fold_name(text).text for text in texts]
        found = measure(gazetteer.find, texts, megabytes)
        alone = measure(automaton.find_matches_as_indexes, folded, megabytes)
        figures = f"{count:>10,}{found:>7.0f} MB/s{alone:>9.0f} MB/s{found / alone:>8.2f}"
        print(f"{kind:<10}{figures}")  # noqa: T201


if __name__ == "__main__":
    main()
