"""Passages: what is one, how they are numbered, and permalinks that survive edits elsewhere."""

from __future__ import annotations

from generator.link.passages import number_passages
from generator.model.linked import Passage
from generator.model.places import CorpusFile
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder


def passages(text: str) -> dict[str, Passage]:
    """Return the passages of a text by their words."""
    finder = PlaceFinder(CorpusFile(path="a.md", text=text))
    parsed = parse_markdown(text, finder, name_of=None)[0]
    leaves = parsed.leaves()
    return {
        " ".join(leaf.text for leaf in leaves[passage.first : passage.end]): passage
        for passage in number_passages(parsed, "p")
    }


def permalinks(text: str) -> dict[str, str]:
    return {words: passage.permalink for words, passage in passages(text).items()}


TEXT = """\
# Heading

One.

> Two
>
> and a half.

- Three.
- Four.
  - Nested.

| five | 5 |
|------|---|
| six  | 6 |

```
seven
```

---

Eight.[^1]

[^1]: A note.
"""


def test_each_paragraph_quotation_item_table_and_code_block_is_a_passage() -> None:
    assert list(passages(TEXT)) == [
        "One.",
        "Two and a half.",
        "Three.",
        "Four. Nested.",
        "five 5 six 6",
        "seven",
        "Eight.",
    ]


def test_passages_are_numbered_from_one() -> None:
    assert [passage.number for passage in passages(TEXT).values()] == [1, 2, 3, 4, 5, 6, 7]


def test_a_permalink_survives_edits_elsewhere() -> None:
    before, after = (
        permalinks("One.\n\nTwo.\n\nThree."),
        permalinks("New.\n\nOne!\n\nTwo.\n\n# H\n\nThree.\n\nFour."),
    )
    assert after["Two."] == before["Two."]
    assert after["Three."] == before["Three."]
    assert after["One!"] != before["One."]


def test_a_permalink_survives_other_line_breaks_and_marks() -> None:
    assert list(permalinks("One two\nthree[^1]").values()) == list(permalinks("One\n*two* three").values())


def test_equal_passages_have_permalinks_of_their_own() -> None:
    finder = PlaceFinder(CorpusFile(path="a.md", text=""))
    parsed = parse_markdown("Yes.\n\nNo.\n\nYes.\n\nYes.", finder, name_of=None)[0]
    links = [passage.permalink for passage in number_passages(parsed, "p")]
    assert len(set(links)) == 4
    assert links[2:] == [f"{links[0]}-2", f"{links[0]}-3"]


def test_a_permalink_is_the_published_hash_of_the_words() -> None:
    assert permalinks("One.") == {"One.": "p-70277bfc"}


def test_a_text_without_words_has_no_passages() -> None:
    assert passages("") == {}
    assert passages("# Heading\n\n---\n\n- \n") == {}
