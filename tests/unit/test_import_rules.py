"""The rules of import: what each changes, what it must not, and how it is switched off."""

from __future__ import annotations

import pytest

from generator.importing.characters import RULES as CHARACTER_RULES
from generator.importing.characters import repair_characters, visible
from generator.importing.compose import RULES, Composed, compose
from generator.importing.draft import render_text
from generator.importing.model import Line, Repair
from generator.importing.readers.read import read_content
from generator.importing.rules import addresses, article_furniture, date_lines, release_furniture
from generator.importing.rules.letters import is_letter
from generator.importing.rules.torn import FINISHED

# Paragraphs of no document, long enough to be whole ones.
FIRST = "The harbour board met on the third day and heard what the engineers had to say of the old wall."
SECOND = "Nobody had asked the ferrymen, who would have told them that the wall was lost before the winter."
THIRD = "In the end the sum was paid out of the dues, and the wall was built anew with stone from the hill."


def drafted(
    text: str, *, name: str = "a.txt", without: tuple[str, ...] = (), kept: tuple[str, ...] = ()
) -> Composed:
    received = read_content(name, text.encode()).received
    assert received is not None
    return compose(received, without, kept)


def transcribed(text: str, **options: tuple[str, ...]) -> str:
    return render_text(drafted(text, **options))  # type: ignore[arg-type]


def repairs(composed: Composed, rule: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.before, one.after) for one in composed.repairs if one.rule == rule]


def cut_lines(composed: Composed, rule: str = article_furniture.RULE) -> list[int]:
    return [one.line for one in composed.repairs if one.rule == rule]


def character_rule(name: str, text: str) -> str:
    return dict(CHARACTER_RULES)[name](text)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("mojibake", "donâ€™t", "don’t"),
        ("mojibake", "CafÃ© Ã la mode", "Café à la mode"),
        ("wrapped-characters", "<sup>&</sup>lt;sup>1</sup>", "&lt;sup>1</sup>"),
        ("wrapped-characters", "$<sup>\\underline{a}$", "$\\underline{a}$"),
        ("entities", "Salt &amp; Loaf", "Salt & Loaf"),
        ("entities", "the keeper&#8217;s", "the keeper’s"),
        ("entities", "&amp;lt;b&amp;gt;", "<b>"),
        ("tex", "under law.$^{3}$", "under law.<sup>3</sup>"),
        ("tex", "under law.${}^{12}$", "under law.<sup>12</sup>"),
        ("tex", r"$\underline{https://a.example/x\_y}$", "https://a.example/x_y"),
        ("tex", r"$\S$ 5", "§ 5"),
        ("tags", 'see <a href="https://a.example/b">the Post</a>', "see [the Post](https://a.example/b)"),
        ("tags", '<a href="https://a.example/b">https://a.example/b</a>', "<https://a.example/b>"),
        ("tags", '<a href="javascript:alert(1)">the Post</a>', "the Post"),
        ("tags", "<i>The Post</i> and <b>all</b>", "*The Post* and **all**"),
        ("tags", "a <script>alert(1)</script>b", "a b"),
        ("tags", "law.<sup>3</sup><span class=x>!</span>", "law.<sup>3</sup>!"),
        ("soft-hyphens", "har\u00adbour", "harbour"),
        ("ligatures", "ﬁve oﬃces of the ﬂeet", "five offices of the fleet"),
        ("superscripts", "under law.³", "under law.<sup>3</sup>"),
        ("superscripts", "¹² The White Hall", "<sup>12</sup> The White Hall"),
        ("superscripts", "under law.^3^ Then", "under law.<sup>3</sup> Then"),
        ("superscripts", "under law.^[3](#n3)^", "under law.<sup>3</sup>"),
        ("superscripts", r"under law.\3\ Then", "under law.<sup>3</sup> Then"),
        ("superscripts", "law.[3](https://a.example/p#footnote-3)", "law.<sup>3</sup>"),
        ("invisible-characters", "har\u200bbour\ufeff\x07", "harbour"),
        ("invisible-characters", "har\u200dbour", "harbour"),
        ("spaces", "40\u202f000\u00a0marks\u2009", "40 000 marks"),
        ("spaces", "sea\u2011wall", "sea-wall"),
    ],
)
def test_a_rule_mends_characters(rule: str, before: str, after: str) -> None:
    assert character_rule(rule, before) == after


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("mojibake", "“Curly” quotes, ‘single’ ones, an em dash — and naïve Müller"),
        ("mojibake", "習近平 and Дом and دار"),
        ("superscripts", "40 m^2^ and 10^3^"),
        ("superscripts", "see [3](https://a.example/page#history)"),
        ("entities", "AT&T sells; the rest is bought"),
        ("entities", "AT&T; nobody else"),
        ("entities", "https://a.example/?a=1&copy=2"),
        ("tex", "It costs $5 or $6 more."),
        ("tex", "a price of $12.50 and $13_000 a year"),
        ("tags", "if a < b and c > d"),
        ("tags", "<not a tag> is the author's"),
        ("tags", "write to <ann@ferries.example>"),
        ("tags", "see <https://a.example/b>"),
        ("ligatures", "Cæsar and the œuvre"),
        ("superscripts", "a quay of 40 m²"),
        ("superscripts", "12 km² and 3 cm³"),
        ("superscripts", "10⁻³ of it, x² more"),
        ("invisible-characters", "می‌خواهم"),
        ("invisible-characters", "👩‍🚀 a tab\tand more"),
        ("spaces", "東京　都"),
    ],
)
def test_a_rule_leaves_what_is_right(rule: str, text: str) -> None:
    assert character_rule(rule, text) == text


@pytest.mark.parametrize(
    "text", ["AT&T;", "1.4 metres high.", "the $5 or $6 of 40 m²", "(c) and (b) of section 2"]
)
def test_the_rules_together_leave_what_is_right(text: str) -> None:
    lines = (Line(text=text, number=1),)
    assert repair_characters(lines) == (lines, ())


def test_a_repair_of_characters_names_its_line_and_some_words_around() -> None:
    _, found = repair_characters(
        [Line(text=FIRST, number=4), Line(text="One two three donâ€™t four five six", number=5)]
    )
    assert found == (
        Repair(rule="mojibake", line=5, before="two three donâ€™t four ", after="two three don’t four "),
    )


def test_a_rule_of_characters_can_be_switched_off() -> None:
    lines = (Line(text="ﬁve &amp; six", number=1),)
    mended, found = repair_characters(lines, without={"ligatures"})
    assert mended[0].text == "ﬁve & six"
    assert [one.rule for one in found] == ["entities"]


def test_what_nobody_sees_is_shown_by_its_number_in_a_repair() -> None:
    assert visible("a\u200bb\nc\u00ad") == "a\\u200bb c\\u00ad"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_switched_off(rule: str) -> None:
    head = "# Salt\n\n12 March 2031\n\nShare on Facebook"
    text = f"{head}\n\nlaw.³ {FIRST}\n\nPage 2 of 3\n\n{SECOND}\n\n³ See *The Post*.\n"
    assert not repairs(drafted(text, without=(rule,)), rule)


def test_page_numbers_and_running_heads_are_cut_and_the_paragraph_is_joined() -> None:
    torn = "The harbour board met on the third day and heard what the engineers had to say of any eventual"
    composed = drafted(f"{torn}\n\nPage 2 of 3\n\nagreement on the old wall and its stones.\n\n{SECOND}\n")
    assert composed.blocks[0].text == f"{torn} agreement on the old wall and its stones."
    assert cut_lines(composed, "page-furniture") == [3]
    assert repairs(composed, "torn-paragraphs") == [
        (1, "say of any eventual ¶ agreement on the old", "say of any eventual agreement on the old")
    ]


def test_a_page_number_is_cut_only_where_numbers_count_on() -> None:
    assert cut_lines(drafted(f"{FIRST}\n\n2\n\n{SECOND}\n\n3\n\n{THIRD}\n"), "page-furniture") == [3, 7]
    assert "1962" in transcribed(f"{FIRST}\n\n1962\n\n{SECOND}\n")


def test_a_heading_that_two_chapters_share_is_no_running_head() -> None:
    text = f"## Findings\n\n{FIRST}\n\n## Findings\n\n{SECOND}\n"
    assert transcribed(text).count("## Findings") == 2


def test_a_paragraph_that_ends_is_not_joined_to_the_next() -> None:
    blocks = drafted(f"{FIRST}\n\nPage 2 of 3\n\n{SECOND}\n").blocks
    assert [block.text for block in blocks] == [FIRST, SECOND]


@pytest.mark.parametrize("end", ["law.", "law.[^3]", "law.<sup>3</sup>", "law.”", "law:", "law.3"])
def test_a_paragraph_with_a_stop_is_finished(end: str) -> None:
    assert FINISHED.search(end)


def test_a_word_parted_at_the_end_of_a_line_is_whole_and_one_with_a_hyphen_keeps_it() -> None:
    text = (
        "The harbour board met on the third day and heard what the engi-\n"
        "neers had to say, and the sea-wall was old, they said, and that sea-\n"
        "wall would not stand another winter without a repair.\n"
    )
    assert transcribed(text).startswith(
        "The harbour board met on the third day and heard what the engineers had"
    )
    assert "that sea-wall would not" in transcribed(text)


def test_a_table_of_contents_is_cut_and_a_heading_of_that_name_alone_is_not() -> None:
    text = f"CONTENTS\n\nI. The long cut ........ 3\n\nII. The wall ........ 12\n\n{FIRST}\n"
    assert cut_lines(drafted(text), "table-of-contents") == [1, 3, 5]
    assert cut_lines(drafted(f"Contents\n\n{FIRST}\n"), "table-of-contents") == []


@pytest.mark.parametrize(
    "line",
    [
        "Share on Facebook",
        "By Ottoline Grau, for The Estuary Review · 9 May 2018",
        "4 min read",
        "27 comments",
        "Advertisement",
        "Sign up for The Morning Loaf, our free daily e-mail",
        "Tags: bread, salt",
        "$3.305",
        "+1.84%",
        "OFFICIAL LOAF Price(LOAF)",
        "© 2020 Lundmark Loaf",
        "Home › News › Bread",
        "Also read: The bread is dear",
        "Source: https://marsh.example/salt",
        "This article was originally published by The Fenland Herald.",
        "![a loaf](loaf.jpg)",
        "* [Reply](#reply)",
        "Teilen",
        "Réagir",
    ],
)
def test_furniture_of_an_article_is_cut_and_can_be_kept(line: str) -> None:
    text = f"{FIRST}\n\n{line}\n\n{SECOND}\n"
    assert cut_lines(drafted(text)) == [3]
    assert cut_lines(drafted(text, kept=("3",))) == []
    assert cut_lines(drafted(text, without=(article_furniture.RULE,))) == []


def test_furniture_can_be_kept_by_words_of_it() -> None:
    text = f"{FIRST}\n\nShare this loaf\n\n{SECOND}\n"
    assert cut_lines(drafted(text)) == [3]
    assert cut_lines(drafted(text, kept=("Share this loaf",))) == []
    assert cut_lines(drafted(text, kept=("this loaf",))) == []
    assert cut_lines(drafted(text, kept=("this wall",))) == [3]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell when the board spoke of the wall, and they did not rise again.",
        "By the end of the winter the wall was lost.",
        "The wall is 1.4 metres high.",
        "(c) the ferries that run at night;",
        "Source of the river is the hill, said the keeper, and nobody asked him why.",
        "Search parties went out twice.",
        "More than forty ferrymen came.",
        "The sum is $5 or $6 a head.",
        "Menus were printed in two languages.",
        "Read the letter to the board, she said.",
        "Published accounts differ on what the wall cost.",
        "Home is where the ferry lands.",
        "Videos show the wall as it fell.",
        "Printing money was not the answer, he said.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    assert line in transcribed(f"{FIRST}\n\n{line}\n\n{SECOND}\n")


def test_from_a_header_of_other_articles_on_all_is_cut() -> None:
    composed = drafted(
        f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nYou may also like\n\nBread is dear\n\nSalt is cheap\n"
    )
    assert [block.text for block in composed.blocks] == [FIRST, SECOND, THIRD]
    assert cut_lines(composed) == [7, 9, 11]


def test_such_a_header_cuts_nothing_where_the_article_goes_on() -> None:
    long = f"{FIRST} {SECOND}"
    assert len(drafted(f"{long}\n\nRelated\n\n{long[:-1]}!\n\n{long[:-1]}?\n").blocks) >= 3


def test_the_sentence_of_a_feed_is_cut_from_the_article() -> None:
    text = f"{FIRST}\n\n{SECOND}\n\nThe post The salt road is closed appeared first on LedgerGull.example.\n"
    assert cut_lines(drafted(text)) == [5]


def test_furniture_of_a_release_is_cut_only_from_a_release() -> None:
    head = "FOR IMMEDIATE RELEASE\n\nMedia contact: Ann Lee, press@ferries.example.org\n\n"
    body = f"TARN HAVEN, Norvessa, 12 October 2023 — {FIRST}\n\n{SECOND}\n\n###\n"
    composed = drafted(head + body)
    assert [block.text for block in composed.blocks] == [FIRST, SECOND]
    assert cut_lines(composed, release_furniture.RULE) == [1, 3, 5, 9]
    contact = "Contact: Ann Lee, press@ferries.example.org"
    assert contact in transcribed(f"{FIRST}\n\n{contact}\n\n{SECOND}\n")


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("law.<sup>1</sup>", "<sup>1</sup> Quist, “The late ferry,” 2030."),
        ("law.[1]", "[1] Quist, “The late ferry,” 2030."),
        ("law.[^1]", "[^1]: Quist, “The late ferry,” 2030."),
        ("law.(1)", "(1) Quist, “The late ferry,” 2030."),
        ("law.1", "1. Quist, “The late ferry,” 2030."),
        ("law.¹", "¹ Quist, “The late ferry,” 2030."),
        ("law.$^{1}$", "<sup>1</sup> Quist, “The late ferry,” 2030."),
    ],
)
def test_a_note_in_any_guise_becomes_a_note_with_its_mark(mark: str, note: str) -> None:
    composed = drafted(f"{FIRST[:-1]} under {mark} {SECOND}\n\n{THIRD}\n\n{note}\n")
    assert [(one.label, one.text, one.line, one.is_marked) for one in composed.notes] == [
        ("1", "Quist, “The late ferry,” 2030.", 5, True)
    ]
    assert "under law.[^1] Nobody" in composed.blocks[0].text
    assert len(composed.blocks) == 2


def test_a_lost_mark_is_reported_and_never_invented() -> None:
    composed = drafted(f"{FIRST}\n\n{SECOND}\n\n<sup>1</sup> Quist 2030.\n<sup>2</sup> Holm 2031.\n")
    assert [(one.label, one.is_marked) for one in composed.notes] == [("1", False), ("2", False)]
    assert composed.gaps == (
        ("The marks of notes 1, 2 in the text.", "The source holds 2 notes and 0 marks."),
    )
    assert "[^" not in "".join(block.text for block in composed.blocks)


@pytest.mark.parametrize(
    "items",
    [
        ("1. Mend the wall.", "2. Raise the dues.", "3. Ask the ferrymen."),
        ("(1) mend the wall;", "(2) raise the dues;", "(3) ask the ferrymen."),
        ("1 May was a holiday", "2 May was not"),
        ("(a) mend the wall;", "(b) raise the dues;", "(c) ask the ferrymen."),
    ],
)
def test_a_numbered_list_is_no_notes(items: tuple[str, ...]) -> None:
    composed = drafted("\n\n".join((FIRST, "\n".join(items), SECOND)) + "\n")
    assert composed.notes == ()
    for item in items:
        assert item.split(" ", 1)[1] in render_text(composed)


@pytest.mark.parametrize(
    "words", ["The wall is 1.4 metres high.", "In 1962 the sum was paid.", "Room 3 and floor 12."]
)
def test_a_number_in_the_text_is_no_mark(words: str) -> None:
    composed = drafted(
        f"{words} {FIRST}\n\n<sup>1</sup> Quist 2030.\n<sup>2</sup> Holm 2031.\n<sup>3</sup> Ibid.\n"
    )
    assert composed.blocks[0].text == f"{words} {FIRST}"


def test_an_address_continued_on_the_next_line_is_joined() -> None:
    text = f"{FIRST}\n\n<sup>1</sup> Quist 2030, https://law.example/2030/05/\nquays-and-walls.html\n"
    assert drafted(text).notes[0].text == "Quist 2030, https://law.example/2030/05/quays-and-walls.html"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://a.example/b?utm_source=x&id=3", "https://a.example/b?id=3"),
        ("https://a.example/b?utm_source=x", "https://a.example/b"),
        ("(https://a.example/b?fbclid=x).", "(https://a.example/b)."),
        ("https://a.example/b?gaa_at=x#part", "https://a.example/b#part"),
        ("https://a.example/b?> gaa_at=eafs&gaa_n=AW", "https://a.example/b"),
        ("[https://a.example/b](https://a.example/b)", "<https://a.example/b>"),
        ("https://a.example/x\\_y", "https://a.example/x_y"),
    ],
)
def test_an_address_is_made_whole_and_freed_of_what_follows_the_reader(before: str, after: str) -> None:
    assert addresses.repair(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/b?id=3&page=2",
        "see https://a.example/b, and more",
        "[the Post](https://a.example/b)",
        "a/b and c?d=e",
        "https://a.example/ and then",
    ],
)
def test_a_clean_address_stays(text: str) -> None:
    assert addresses.repair(text) == text


LETTER = f"""\
# Ministry of Ferries

12 March 2031

The Honorable Orla Quist
Minister of Tides
4 Quay Street

## Dear Minister Quist:

{FIRST}

### The wall

{SECOND}

{THIRD}

## Sincerely,

Wilma Achterhof               Dov Castell
Member of the Board           Treasurer

cc: Ann Lee
"""


def test_a_letter_has_signatories_a_recipient_and_no_false_headings() -> None:
    composed = drafted(LETTER)
    people = {
        (fact.key, fact.value, fact.line) for fact in composed.facts if fact.key in ("recipient", "signatory")
    }
    assert people == {
        ("signatory", "Wilma Achterhof", 21),
        ("signatory", "Dov Castell", 21),
        ("recipient", "Orla Quist", 5),
    }
    text = render_text(composed)
    assert "- Wilma Achterhof, Member of the Board\n- Dov Castell, Treasurer\n" in text
    assert "\nDear Minister Quist:\n" in text
    assert "\nSincerely,\n" in text
    assert "cc: Ann Lee" in text
    assert [line for line, _, _ in repairs(composed, "heading-to-paragraph")] == [1, 9, 19]


def test_a_heading_that_is_one_stays_in_a_letter() -> None:
    assert "\n### The wall\n" in transcribed(LETTER)


def test_a_letter_stays_as_it_stands_without_its_rules() -> None:
    text = transcribed(LETTER, without=("heading-to-paragraph", "signature-list"))
    assert "## Dear Minister Quist:" in text
    assert "- Wilma Achterhof" not in text


def test_a_text_without_salutation_or_closing_is_no_letter() -> None:
    assert is_letter(drafted(LETTER).blocks)
    assert not is_letter(drafted(f"{FIRST}\n\nSincerely,\n\nOrla Quist\n").blocks)


@pytest.mark.parametrize(
    "post",
    [
        "Open the road. — Ottoline Grau (@PM_Grau) March 3, 2021",
        "Ottoline Grau @PM_Grau · Mar 3, 2021 Open the road.",
        "Open the road. Ottoline Grau (@PM_Grau) 3 Mar 2021 412 Reposts 1.9K Likes",
    ],
)
def test_a_post_becomes_a_quotation_with_author_handle_and_date(post: str) -> None:
    composed = drafted(f"{FIRST}\n\n{post}\n\n{SECOND}\n")
    block = composed.blocks[1]
    assert block.kind == "quote"
    assert block.text.startswith("Open the road.\n\n— Ottoline Grau")
    assert "@PM_Grau" in block.text
    assert "2021" in block.text


@pytest.mark.parametrize(
    "text", ["Write to ann@ferries.example by March 3, 2021.", "The board met (@noon) in March."]
)
def test_what_only_has_an_at_sign_is_no_post(text: str) -> None:
    assert all(block.kind == "text" for block in drafted(f"{FIRST}\n\n{text} {THIRD}\n\n{SECOND}\n").blocks)


def test_the_title_goes_to_the_record_and_its_repetition_from_the_text() -> None:
    composed = drafted(f"# The salt road\n\nThe salt road\n\n{FIRST}\n\n{SECOND}\n")
    assert [block.text for block in composed.blocks] == [FIRST, SECOND]
    assert [line for line, _, _ in repairs(composed, "title")] == [1, 3]
    assert "# The salt road" in transcribed(f"# The salt road\n\n{FIRST}\n", without=("title",))


def test_a_bold_or_short_line_over_paragraphs_becomes_a_heading() -> None:
    text = f"# The salt road\n\n{FIRST}\n\n**What it cost**\n\n{SECOND}\n"
    assert "\n## What it cost\n" in transcribed(text)
    assert "\n**What it cost**\n" in transcribed(text, without=("paragraph-to-heading",))


@pytest.mark.parametrize("line", ["It was lost.", "what it cost", "“So be it,”", "Twelve:"])
def test_a_short_line_with_a_stop_or_in_small_letters_is_no_heading(line: str) -> None:
    assert f"## {line}" not in transcribed(f"{FIRST}\n\n{line}\n\n{SECOND}\n")


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("12 March 2031", True),
        ("**March 12, 2031**", True),
        ("Monday, 12.3.2031", True),
        ("2031-03-12", True),
        ("It was lost on 12 March 2031.", False),
        ("The year 2031", False),
    ],
)
def test_a_line_that_is_only_a_date_is_told(line: str, is_date: bool) -> None:
    assert date_lines.is_date(line) is is_date


def test_a_line_of_a_date_is_cut_from_the_head_of_an_article_alone() -> None:
    composed = drafted(f"# The salt road\n\n12 March 2031\n\n{FIRST}\n\n{SECOND}\n")
    assert cut_lines(composed, "date-line") == [3]
    assert "12 March 2031" in transcribed(LETTER)


def test_an_e_mail_loses_the_card_below_it() -> None:
    mail = (
        "MIME-Version: 1.0\nFrom: Ann Lee <ann@ferries.example>\nTo: Orla Quist <orla@tides.example>\n"
        f"Date: Mon, 3 Mar 2031 10:00:00 +0000\nSubject: The wall\n\nDear Orla,\n\n{FIRST}\n\n-- \nAnn"
        f" Lee\nFerries Ltd\n"
    )
    composed = drafted(mail, name="a.eml")
    assert len(cut_lines(composed, "mail-furniture")) == 3
    assert "Ferries Ltd" not in render_text(composed)
    assert "Ferries Ltd" in render_text(drafted(mail, name="a.eml", without=("mail-furniture",)))


def test_lines_that_would_begin_another_kind_of_block_are_escaped() -> None:
    text = transcribed(
        f"{FIRST}\n\n1962. Januar war kalt und die Mauer war noch nicht gebaut, sagte der Hafenmeister.\n"
    )
    assert "1962\\. Januar" in text
