"""Writing systems other than the Latin: names in running text, quotations, sentences, dates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.link.quotations import QuotableText, Selector
from generator.render.languages import is_right_to_left, language_attributes
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from generator.text.dates import format_date, parse_date
from generator.text.folding import normalise_quotation
from generator.text.gazetteer import Gazetteer, Name
from generator.text.sentences import find_sentences
from tests.corpora import stage

PROJECT = Path(__file__).resolve().parents[2]


def names_in(text: str, *aliases: str) -> list[str]:
    """Return the words of a text that stand for any of these names."""
    gazetteer = Gazetteer([Name(slug="x", alias=alias, is_case_sensitive=True) for alias in aliases])
    return [text[found.span.start : found.span.end] for found in gazetteer.find(text)]


def quoted(text: str, quote: str) -> list[str]:
    """Return the words of each place where a quotation of one part stands."""
    return [text[spans[0].start : spans[0].end] for spans in QuotableText(text).find(Selector(quote=quote))]


def sentences(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in find_sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "alias", "found"),
    [
        ("去年港务委员会询问修建", "港务委员会", ["港务委员会"]),
        ("由李安娜写给港务委员会，", "李安娜", ["李安娜"]),
        ("抄送ＡＢＣ公司和", "ABC公司", ["ＡＢＣ公司"]),
        ("罗恩•怀特在场", "罗恩・怀特", ["罗恩•怀特"]),
        ("山田 太郎は", "山田太郎", ["山田 太郎"]),
        ("山田太郎は", "山田 太郎", ["山田太郎"]),
        ("山田\u3000太郎は", "山田太郎", ["山田\u3000太郎"]),
        ("ประชุมกับสมชายเมื่อวาน", "สมชาย", ["สมชาย"]),
        # The vowel sign belongs to the last letter of what would be the name.
        ("กับสมชายี", "สมชาย", []),
        # In Korean nothing stands before a word, but particles follow it.
        ("어제 홍길동은 왔다", "홍길동", ["홍길동"]),
        ("신홍길동 왔다", "홍길동", []),
    ],
)
def test_names_stand_anywhere_in_scripts_without_spaces(text: str, alias: str, found: list[str]) -> None:
    assert names_in(text, alias) == found


def test_a_longer_word_is_excluded_by_naming_it() -> None:
    assert names_in("東京都と京都", "京都") == ["京都", "京都"]
    excluded = Gazetteer(
        [
            Name(slug="kyoto", alias="京都", is_case_sensitive=True),
            Name(slug=None, alias="東京都", is_case_sensitive=True),
        ]
    )
    assert [found.slugs for found in excluded.find("東京都と京都")] == [(), ("kyoto",)]


@pytest.mark.parametrize(
    ("text", "alias", "found"),
    [
        ("كتبت ليلى حداد رسالة", "ليلى حداد", ["ليلى حداد"]),
        ("وليلى حداد", "ليلى حداد", ["ليلى حداد"]),
        ("ولليلى حداد", "ليلى حداد", ["ليلى حداد"]),
        ("فبمجلس الميناء", "مجلس الميناء", ["مجلس الميناء"]),
        ("والوزارة", "الوزارة", ["الوزارة"]),
        ("للوزارة", "الوزارة", ["للوزارة"]),
        ("وللوزارة", "الوزارة", ["للوزارة"]),
        # Vowel marks, the hamza of the alif, and the stroke that stretches a word.
        ("قال أَحْمَد المرسى", "احمد المرسى", ["أَحْمَد المرسى"]),
        ("قال احمد", "أحمد", ["احمد"]),
        ("مجـــلس الميناء", "مجلس الميناء", ["مجـــلس الميناء"]),
        # A Persian keyboard.
        ("لیلی", "ليلي", ["لیلی"]),
        # Walid is not "and" before a name, nor is another word the name with more letters.
        ("جاء وليد", "ليد", []),
        ("الميناءان", "الميناء", []),
        ("سمجلس الميناء", "مجلس الميناء", []),
        # Hebrew: "and", "in", "that in"; points.
        ("ומועצת הנמל", "מועצת הנמל", ["מועצת הנמל"]),
        ("שבמועצת הנמל", "מועצת הנמל", ["מועצת הנמל"]),
        ("מוֹעֶצֶת הנמל", "מועצת הנמל", ["מוֹעֶצֶת הנמל"]),
        ("הדן", "דן", []),
    ],
)
def test_small_words_may_be_written_onto_a_name(text: str, alias: str, found: list[str]) -> None:
    assert names_in(text, alias) == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("他说：“墙要两倍的钱。”然后走了。", "“墙要两倍的钱。”", ["“墙要两倍的钱。”"]),
        ("墙，要两倍的钱。", "墙,要两倍的钱", []),
        ("海堤的花\n费加倍", "海堤的花费加倍", ["海堤的花\n费加倍"]),
        ("海堤的花费加倍", "海堤的\n  花费", ["海堤的花费"]),
        ("用 ABC 公司", "用ABC公司", []),
        ("سيكلّف الجدار الضعف", "سيكلّف الجدار", ["سيكلّف الجدار"]),
        ("والجدار عالٍ", "الجدار عالٍ", ["الجدار عالٍ"]),
        ("الجدارين", "الجدار", []),
    ],
)
def test_quotations_are_found_word_for_word_in_any_script(text: str, quote: str, found: list[str]) -> None:
    assert quoted(text, quote) == found


@pytest.mark.parametrize("text", ["花 费", "花\n费 a", "a 花 b", "「花 」 费"])
def test_white_space_that_means_nothing_is_gone_after_one_normalisation(text: str) -> None:
    once = normalise_quotation(text).text
    assert normalise_quotation(once).text == once


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("他问。“好吗？”她说。", "zh", ["他问。", "“好吗？”", "她说。"]),
        ("他来了。他走了。", "zh-Hant-HK", ["他来了。", "他走了。"]),
        ("「高すぎる。」と述べた。帰った。", "ja", ["「高すぎる。」と述べた。", "帰った。"]),
        ("هل وافق المجلس؟ نعم.", "ar", ["هل وافق المجلس؟", "نعم."]),
    ],
)
def test_sentences_end_by_the_marks_of_their_script(text: str, language: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_lines_of_a_script_without_spaces_are_joined_without_one(tmp_path: Path) -> None:
    record = "---\nname: Jo Smith\nkind: person\n---\n港务\n委员会 *同\n意* A\nB。[@gazette-1961]\n"
    staged = stage(tmp_path, {"actors/jo-smith.md": record})
    profile = staged.linked.text("jo-smith", "profile")
    assert profile is not None
    assert profile.leaves[0].text == "港务委员会 同意 A B。"


@pytest.mark.parametrize("written", ["@gazette-1961، ص. 4", "@gazette-1961，ص. 4", "@gazette-1961、ص. 4"])
def test_a_place_may_follow_the_comma_of_any_script(tmp_path: Path, written: str) -> None:
    record = f"---\nname: Jo Smith\nkind: person\n---\nHe wrote.[{written}；@memo-1962#¶1]\n"
    staged = stage(tmp_path, {"actors/jo-smith.md": record})
    profile = staged.linked.text("jo-smith", "profile")
    assert profile is not None
    cited = profile.leaves[0].citations[0].cited
    assert [(str(one.target), one.locator) for one in cited] == [
        ("gazette-1961", "ص. 4"),
        ("memo-1962#¶1", ""),
    ]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-10-29", "29. Oktober 2025"),
        ("2026-02~", "um Februar 2026"),
        ("2018%", "um 2018 (unsicher)"),
        ("2018-05-13/2018-05-15", "13. bis 15. Mai 2018"),
        ("2018-05-13/2018-06-15", "13. Mai 2018 bis 15. Juni 2018"),
        ("2026-21", "Frühjahr 2026"),
        ("2026-34", "zweites Quartal 2026"),
        ("201X", "2010er Jahre"),
        ("20XX", "zwischen 2000 und 2099"),
        ("2025-10-XX", "Oktober 2025 (Tag unbekannt)"),
        ("2026/", "seit 2026, Ende unbekannt"),
        ("[2026-01,2026-03]", "eines von: Januar 2026, März 2026"),
        ("-0043-03-15", "15. März 44 v. Chr."),
        ("1985-04-12T23:20:30Z", "12. April 1985, 23:20:30 UTC"),
        ("XXXX", "ohne Datum"),
        ("2004-06~-11", "2004-06~-11"),
    ],
)
def test_a_date_is_worded_in_german(edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf), open_strings([TEMPLATES], "de")) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "29 octobre 2025"),
        ("zh", "2025年10月29日"),
        ("ja", "2025年10月29日"),
        ("ar", "29 أكتوبر 2025"),
        ("he", "29 באוקטובר 2025"),
        ("ru", "29 октября 2025\u202fг."),
        ("pt-BR", "29 de outubro de 2025"),
        ("en-US", "October 29, 2025"),
        ("de-AT", "29. Oktober 2025"),
        ("tlh", "29 October 2025"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, words: str) -> None:
    assert format_date(parse_date("2025-10-29"), open_strings([TEMPLATES], language)) == words


def test_no_word_of_another_language_stands_inside_a_date() -> None:
    chinese = open_strings([TEMPLATES], "zh")
    assert format_date(parse_date("2018-05-13/2018-05-15"), chinese) == "2018年5月13日 to 2018年5月15日"


@pytest.mark.parametrize(
    ("language", "around", "attributes"),
    [
        ("de", "de", ""),
        ("DE", "de", ""),
        ("", "de", ""),
        ("en", "de", ' lang="en"'),
        ("ar", "de", ' lang="ar" dir="rtl"'),
        ("de", "he", ' lang="de" dir="ltr"'),
        ("he", "ar", ' lang="he"'),
    ],
)
def test_words_are_marked_by_language_and_where_it_differs_by_direction(
    language: str, around: str, attributes: str
) -> None:
    assert language_attributes(language, around) == attributes


@pytest.mark.parametrize(
    ("language", "is_rtl"),
    [
        ("ar", True),
        ("fa-AF", True),
        ("ur", True),
        ("az-Arab", True),
        ("az", False),
        ("zh", False),
        ("xx", False),
    ],
)
def test_a_direction_is_that_of_the_language_or_its_script(language: str, is_rtl: bool) -> None:
    assert is_right_to_left(language) is is_rtl


def test_the_documentation_of_languages_says_what_is_there() -> None:
    text = (PROJECT / "docs" / "corpus-format.md").read_text(encoding="utf-8")
    section = re.sub(r"\s+", " ", text.partition("## Languages\n")[2].partition("\n## ")[0])
    assert {path.stem for path in (TEMPLATES / "strings").glob("*.yml")} == {"en", "de"}
    assert "English and German are there" in section
    for prefix in ("و", "ف", "ب", "ك", "ل"):
        assert f"{prefix}," in section or f"{prefix};" in section
        assert names_in(f"{prefix}مجلس الميناء", "مجلس الميناء") == ["مجلس الميناء"]
    for prefix in ("ו", "ה", "ב", "כ", "ל", "מ", "ש"):
        assert prefix in section
        assert names_in(f"{prefix}מועצת הנמל", "מועצת הנמל") == ["מועצת הנמל"]
    assert names_in("للمجلس", "المجلس") == ["للمجلس"]
    assert "`للمجلس` is found for `المجلس`" in section
