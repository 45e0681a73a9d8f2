"""Names in text: what counts as a mention, and what does not."""

from __future__ import annotations

import unicodedata

import pytest

from generator.model.text import Span
from generator.text.gazetteer import Gazetteer, Name


def names(**aliases: str | list[str]) -> list[Name]:
    """Return case-sensitive names by slug; `_` stands for `-` in a slug, and `nobody` for an excluded name."""
    return [
        Name(
            slug=None if slug == "nobody" else slug.replace("_", "-"),
            alias=alias,
            is_case_sensitive=True,
        )
        for slug, given in aliases.items()
        for alias in ([given] if isinstance(given, str) else given)
    ]


def mentions(text: str, *given: Name, blocked: tuple[Span, ...] = ()) -> list[tuple[str, str]]:
    """Return the words and slugs of the names in a text; several slugs are joined by `+`."""
    return [
        (text[found.span.start : found.span.end], "+".join(found.slugs))
        for found in Gazetteer(given).find(text, blocked=blocked)
    ]


def words(text: str, *aliases: str) -> list[str]:
    """Return the words in a text that stand for any of these names."""
    return [found for found, _ in mentions(text, *names(x=list(aliases)))]


def test_the_longest_of_overlapping_names_wins() -> None:
    given = names(ann="Ann Lee", smith="Ann Lee Smith", lee="Lee")
    assert mentions("Ann Lee Smith met Ann Lee and Lee.", *given) == [
        ("Ann Lee Smith", "smith"),
        ("Ann Lee", "ann"),
        ("Lee", "lee"),
    ]


def test_of_two_names_of_one_length_the_leftmost_wins() -> None:
    assert mentions("Port Lee Port", *names(one="Port Lee", two="Lee Port")) == [("Port Lee", "one")]


def test_a_longer_name_of_something_else_is_no_mention_of_the_shorter() -> None:
    given = names(
        ann_lee=["Ann Lee", "Lee"],
        lee_works="Lee Organization",
        nobody=["Lee Street", "OFFICIAL LEE", "Lee administration"],
    )
    assert mentions("The Lee Organization of Lee Street, OFFICIAL LEE, the Lee administration.", *given) == [
        ("Lee Organization", "lee-works"),
        ("Lee Street", ""),
        ("OFFICIAL LEE", ""),
        ("Lee administration", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Leeds",
        "Wee Leet",
        "xLee",
        "Lee1",
        "1Lee",
        "Lee_",
        "_Lee",
        "@Lee",
        "Lees",
        "O'Lee",
        "Lee-Smith",
        "Smith-Lee",
    ],
)
def test_a_part_of_a_word_is_no_mention(text: str) -> None:
    assert words(text, "Lee") == []


@pytest.mark.parametrize(
    "text",
    [
        "Lee",
        "(Lee)",
        "“Lee”",
        "'Lee'",
        "Lee.",
        "Lee,",
        "-Lee",
        "Lee-",
        "Lee/Xi",
        "Lee—Xi",
        "Lee – Xi",
        "#Lee",
        "$Lee",
    ],
)
def test_punctuation_bounds_a_name(text: str) -> None:
    assert words(text, "Lee") == ["Lee"]


@pytest.mark.parametrize(
    "text", ["Lee's dues", "Lee\u2019s dues", "Lee' dues", "Lee\u2019 dues", "the Lee's"]
)
def test_a_possessive_is_a_mention_of_the_bare_name(text: str) -> None:
    assert words(text, "Lee") == ["Lee"]


@pytest.mark.parametrize("text", ["Lee'd", "Lee'll", "Lee'sx", "Lee'San"])
def test_an_apostrophe_before_other_letters_makes_another_word(text: str) -> None:
    assert words(text, "Lee") == []


@pytest.mark.parametrize("text", ["l'Iran", "d\u2019Iran", "qu'Iran", "L\u2019Iran", "dell'Iran"])
def test_an_elided_article_before_a_name_leaves_it_a_name(text: str) -> None:
    assert words(text, "Iran") == ["Iran"]


def test_a_name_with_a_curly_quote_is_found_with_a_straight_one_and_back() -> None:
    assert words("O\u2019Brien", "O'Brien") == ["O\u2019Brien"]
    assert words("O'Brien", "O\u2019Brien") == ["O'Brien"]


@pytest.mark.parametrize(
    ("text", "found"), [("anti-Lee", ["Lee"]), ("non-Lee", ["Lee"]), ("Lee-era", ["Lee"])]
)
def test_a_prefix_or_a_word_in_small_letters_may_be_joined_by_a_hyphen(text: str, found: list[str]) -> None:
    assert words(text, "Lee") == found


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2013"])
def test_two_names_joined_by_a_hyphen_are_both_mentions(hyphen: str) -> None:
    assert words(f"The Lee{hyphen}Xi talks", "Lee", "Xi") == ["Lee", "Xi"]


def test_a_name_joined_to_the_beginning_of_an_unknown_one_is_no_mention() -> None:
    assert words("The Lee-Xiang talks", "Lee", "Xi") == []


def test_a_name_with_a_hyphen_is_found_with_any_hyphen() -> None:
    assert words("TP\u2011Link", "TP-Link") == ["TP\u2011Link"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "alias"), [("Luján", "Lujan"), ("Lujan", "Luján"), ("Luján", "Luján")])
def test_accents_matter_in_neither_text_nor_name(text: str, alias: str, form: str) -> None:
    written = unicodedata.normalize("NFC" if form == "NFD" else "NFD", alias)
    text = unicodedata.normalize("NFC" if form == "NFC" else "NFD", text)
    assert words(f"A {text}, B", written) == [text]


def test_the_exact_spelling_decides_between_names_that_differ_in_accents() -> None:
    given = names(a="Luján", b="Lujan")
    assert mentions("Luján Lujan", *given) == [("Luján", "a"), ("Lujan", "b")]


def test_cyrillic_letters_keep_their_marks() -> None:
    assert words("Андрей Андреи", "Андрей") == ["Андрей"]


def test_case_is_a_matter_of_each_alias() -> None:
    strict = Name(slug="x", alias="Nickel", is_case_sensitive=True)
    loose = Name(slug="y", alias="rare earths", is_case_sensitive=False)
    text = "nickel Nickel NICKEL Rare Earths RARE EARTHS"
    assert mentions(text, strict, loose) == [("Nickel", "x"), ("Rare Earths", "y"), ("RARE EARTHS", "y")]


def test_a_sharp_s_is_two_letters_only_where_case_does_not_matter() -> None:
    text = "STRASSE Straße"
    assert mentions(text, Name(slug="x", alias="Straße", is_case_sensitive=False)) == [
        ("STRASSE", "x"),
        ("Straße", "x"),
    ]
    assert words(text, "Straße") == ["Straße"]


def test_offsets_stay_right_behind_letters_that_folding_lengthens() -> None:
    text = "ﬁßŉ\u0130 Straße Lee\u0301 Lee"
    assert words(text, "Lee") == ["Lee\u0301", "Lee"]


def test_a_name_shared_by_two_gives_both_slugs() -> None:
    assert mentions("Lee", *names(b="Lee", a="Lee")) == [("Lee", "a+b")]


def test_an_excluded_name_yields_to_an_equal_name_of_somebody() -> None:
    assert mentions("Lee", *names(nobody="Lee", a="Lee")) == [("Lee", "a")]


@pytest.mark.parametrize("space", ["\u00a0", "  ", "\n", "\u2009", "\t"])
def test_any_white_space_parts_the_words_of_a_name(space: str) -> None:
    assert words(f"Ann{space}Lee", "Ann Lee") == [f"Ann{space}Lee"]


def test_invisible_characters_within_a_name_do_not_hide_it() -> None:
    assert words("A\u00adnn Lee\u200b", "Ann Lee") == ["A\u00adnn Lee"]


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("他说习近平访问", "习近平"),
        ("東京でトランプは", "トランプ"),
        ("삼성전자는", "삼성전자"),
        ("在ZTE工作", "ZTE"),
    ],
)
def test_in_scripts_without_spaces_a_name_may_stand_anywhere(text: str, alias: str) -> None:
    assert words(text, alias) == [alias]


def test_nothing_is_found_where_looking_is_forbidden() -> None:
    blocked = (Span(start=4, end=7), Span(start=0, end=2))
    assert mentions("Lee Lee Lee", *names(x="Lee"), blocked=blocked) == [("Lee", "x")]


def test_a_shorter_name_is_found_where_only_the_longer_is_forbidden() -> None:
    assert mentions("Ann Lee", *names(x="Ann Lee", y="Lee"), blocked=(Span(start=0, end=3),)) == [
        ("Lee", "y")
    ]


def test_an_empty_register_or_text_has_no_mentions() -> None:
    assert Gazetteer([]).find("Lee") == ()
    assert Gazetteer(names(x="Lee")).find("") == ()


def test_an_alias_that_folds_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Gazetteer(names(x="\u200b"))


def test_an_alias_that_begins_with_a_small_letter_may_begin_a_sentence() -> None:
    gazetteer = Gazetteer([Name(slug="board", alias="the board", is_case_sensitive=True)])
    assert [found.span for found in gazetteer.find("The board met. THE BOARD met.")] == [Span(start=0, end=9)]


@pytest.mark.parametrize("mark", ["…", "—", "£", "°", "\x1a", "\x1b"])
def test_a_mark_is_part_of_a_name_or_bounds_one(mark: str) -> None:
    text = f"{mark}Lee{mark} Ann{mark} Lee{mark}"
    assert words(text, "Lee") == ["Lee", "Lee"]
    assert words(text, f"Ann{mark} Lee", "Lee") == ["Lee", f"Ann{mark} Lee"]
    assert words(text, "Ann* Lee", "Ann Lee") == []


def test_texts_of_many_letters_follow_one_another() -> None:
    gazetteer = Gazetteer(names(lee="Ján Lee", ann="Анна"))
    rows = ["".join(map(chr, range(start, start + 100))) for start in (0x0100, 0x0400, 0x4E00, 0x0100)]
    texts = [f"{row} Ján Lee, Анна" for row in (*rows, rows[0] + rows[1] + rows[2], "\U0001f600", "")]
    assert [[found.slugs for found in gazetteer.find(text)] for text in texts] == [[("lee",), ("ann",)]] * 7
