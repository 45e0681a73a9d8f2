"""The rules take time linear in a file: lines made to hold up a regular expression are composed within a bound.

Each case is the whole file, of a size at which a quadratic search takes minutes. It runs in a process of its own, as an
import does, which is ended at the bound.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.importing.readers.bounded import read_files
from generator.importing.readers.limits import LIMITS

SIZE_CP = 200_000
# Twenty times what the slowest takes on a slow machine by itself; a quadratic search takes hundreds of seconds.
BOUND_S = 120.0
LINES = {
    "one word": "a",
    "capitals": "A",
    "words": "wall ",
    "names": "Ann Lee ",
    "note numbers in brackets": "[1] ",
    "open brackets with numbers": "[1",
    "open brackets": "[",
    "open parentheses": "(",
    "empty links": "[](",
    "note marks": "<sup>1</sup>",
    "open note marks": "<sup>",
    "open tags": "<a ",
    "open links": "<a href=",
    "links that are not closed": "<a href=x>",
    "scripts that are not closed": "<script>",
    "entities": "&amp;",
    "spaces": "x" + " " * 999,
    "dashes": "— ",
    "hyphens": "-",
    "rulers": "- ",
    "hashes": "#",
    "stars": "*",
    "bold": "**a",
    "lower lines": "_",
    "superscript digits": "a³",
    "dollars": "$",
    "powers": "$^",
    "formulas": "$\\a ",
    "powers without an end": "^",
    "addresses": "https://a",
    "addresses with queries": "https://a.example/b?c=d ",
    "torn queries": "https://a?b c=d ",
    "hosts": "www.",
    "mail addresses": "ann@a.example ",
    "handles": "— A (@b) ",
    "dates": "May 1, 2020 ",
    "digits": "1",
    "figures": "1 ",
    "prices": "$1.2k",
    "mojibake": "â€™",
    "soft hyphens": "a\u00ad",
    "joiners": "a\u200d",
    "quotation marks": "“a” ",
    "open quotation marks": "“",
    "columns": "a\t",
    "owners": "© A",
    "disclaimers": "articles do not reflect the views of ",
    "dots": ".",
    "bars": "|a",
    "quotes": "> ",
}


def file_of(folder: Path, words: str, shape: str) -> Path:
    """Return a file of these words over and over: one line, many lines, many paragraphs, or behind "By "."""
    text = (words * (SIZE_CP // len(words) + 1))[:SIZE_CP]
    if shape != "line":
        rows = [text[start : start + 60] for start in range(0, len(text), 60)]
        text = ("\n" if shape == "lines" else "\n\n").join(rows)
    path = folder / "long.txt"
    path.write_text(f"By {text}x!\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["line", "lines", "paragraphs"])
@pytest.mark.parametrize("words", LINES.values(), ids=LINES.keys())
def test_a_line_made_to_hold_up_the_rules_is_composed_in_time(words: str, shape: str, tmp_path: Path) -> None:
    limits = replace(LIMITS, time_s=BOUND_S)
    (file,) = read_files([file_of(tmp_path, words, shape)], jobs=1, limits=limits)
    assert [found.code for found in file.found if found.severity == "error"] == []
    assert file.composed is not None


@pytest.mark.parametrize(
    "words", ["a", "[1", "<sup>", "— ", "(", "x" + " " * 999, "www.", "$^", "<script>", "-"]
)
def test_a_tenth_of_it_is_composed_at_once(words: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, words, "line")
    path.write_text(path.read_text(encoding="utf-8")[: SIZE_CP // 10], encoding="utf-8")
    (file,) = read_files([path], jobs=1, limits=replace(LIMITS, time_s=BOUND_S / 3))
    assert [found.code for found in file.found if found.severity == "error"] == []
