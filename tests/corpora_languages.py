"""Dossiers in other languages, all words our own: Arabic (right to left), Chinese (no spaces), and one in German.

`write_corpus(folder, base=ARABIC)` writes one; each builds without a finding. The words of the German one are made up,
so that what can be read on its pages comes from the interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.corpora import write_corpus

# Two documents in Arabic and one in English. Names stand after the conjunction and prepositions that are written onto
# them; figures are Arabic-Indic in one place.
ARABIC: Mapping[str, str] = {
    "dossier.md": """\
---
title: أوراق الميناء
subtitle: جدار عام ١٩٦٢ وما كلّفه
description: رسائل ومحاضر عن بناء جدار الميناء.
language: ar
editors: [سلمى النجار]
---
يجمع هذا الملف ما كُتب عن الجدار، وأوله [[مذكرة-1962]].[@مذكرة-1962#wall-cost]
""",
    "about.md": "جُمعت هذه الأوراق من أرشيف [[مجلس-الميناء]].\n",
    "documents/مذكرة-1962.md": """\
---
title: مذكرة في شأن جدار الميناء
short_title: مذكرة الجدار
date: 1962-03~
date_note: بلا تاريخ؛ وهي ترد على خبر من شباط.
kind: مذكرة
authors: [ليلى-حداد]
recipients: [مجلس-الميناء]
provenance:
  - {actor: مجلس-الميناء, role: حفظها, date: 1962-04}
rights: {publish: full, statement: نص كُتب لهذا المثال.}
issues: [جدار-الميناء]
footnotes:
  "1": {cites: [البرق-1962], placed_by: editors}
gaps:
  - {what: الرسم المرفق مفقود., why: تذكره المذكرة.}
---
تقول ليلى حداد إن الجدار سيكلّف الضعف.[@مذكرة-1962#wall-cost] وتطلب قرارا قبل الربيع.[@مذكرة-1962#¶3]
""",
    "texts/مذكرة-1962.md": """\
سأل مجلس الميناء عن كلفة جدار الميناء. وقالت المهندسة حداد إنها ستجيب.

أرى أن الجدار سيكلّف ضعف المبلغ الذي ذكرته الجريدة.[^1] فهل يوافق مجلس الميناء؟ أرجو ذلك.

كُتبت هذه المذكرة لمجلس الميناء ولليلى حداد وبسعيد المرسى، ورُفعت إلى الوزارة (Port Ministry) في ١٤ آذار.

[^1]: «جدار رخيص»، جريدة البرق.
""",
    "annotations/مذكرة-1962.yml": """\
- id: wall-cost
  quote: أن الجدار سيكلّف ضعف المبلغ الذي ذكرته الجريدة
  speaker: [ليلى-حداد]
  addressee: [مجلس-الميناء]
  issues: [جدار-الميناء]
  note: المبلغ نفسه في الجريدة.[@البرق-1962، ص. 4]
- id: question
  quote: فهل يوافق مجلس الميناء؟
  speaker: [ليلى-حداد]
  issues: [جدار-الميناء]
""",
    "documents/محضر-1963.md": """\
---
title: محضر جلسة مجلس الميناء
date: 1963-01-07
kind: محضر
publisher: مجلس-الميناء
rights: {publish: excerpts}
issues: [رسوم-الميناء]
---
رفع مجلس الميناء الرسوم.[@محضر-1963#dues]
""",
    "texts/محضر-1963.md": """\
قرر الأعضاء رفع الرسوم بمقدار العُشر. وحضر سعيد المرسى.
""",
    "annotations/محضر-1963.yml": """\
- id: dues
  quote: رفع الرسوم بمقدار العُشر
  speaker: [مجلس-الميناء]
  issues: [رسوم-الميناء]
""",
    "documents/letter-1962.md": """\
---
title: Letter to the Harbour Board
date: 1962-05-02
kind: رسالة
language: en
authors: [سعيد-المرسى]
recipients: [مجلس-الميناء]
rights: {publish: full}
issues: [جدار-الميناء]
---
كتب سعيد المرسى إلى مجلس الميناء بالإنكليزية.[@letter-1962#objection]
""",
    "texts/letter-1962.md": """\
Said Marsa writes to the Harbour Board. The wall is too dear (in Arabic: جدار الميناء).
""",
    "annotations/letter-1962.yml": """\
- id: objection
  quote: The wall is too dear
  speaker: [سعيد-المرسى]
  issues: [جدار-الميناء]
  note: يعترض على الكلفة، كما في [[مذكرة-1962]].
""",
    "actors/ليلى-حداد.md": """\
---
name: ليلى حداد
kind: شخص
aliases: [المهندسة حداد, Laila Haddad]
roles:
  - {role: مهندسة الميناء, at: مجلس-الميناء, date: 1958/1964, cites: ["مذكرة-1962#¶1"]}
---
بنت ليلى حداد الرصيف القديم.[@مذكرة-1962#¶1]
""",
    "actors/مجلس-الميناء.md": """\
---
name: مجلس الميناء
kind: هيئة عامة
aliases: [Harbour Board]
---
كان يملك الرصيف.[@محضر-1963#dues]
""",
    "actors/سعيد-المرسى.md": """\
---
name: سعيد المرسى
kind: شخص
aliases: [Said Marsa]
---
تاجر من المدينة.[@letter-1962#objection]
""",
    "issues/جدار-الميناء.md": """\
---
title: جدار الميناء
aliases: [جدار الميناء]
related: [رسوم-الميناء]
---
الخلاف على كلفة الجدار.[@مذكرة-1962#wall-cost]
""",
    "issues/رسوم-الميناء.md": """\
---
title: رسوم الميناء
aliases: [رسوم الميناء]
---
رُفعت مرة واحدة.[@محضر-1963#dues]
""",
    "citations.yml": """\
- id: البرق-1962
  type: article-newspaper
  title: جدار رخيص
  container-title: جريدة البرق
  language: ar
  issued: 1962-02
""",
}

# Two documents in Chinese and one in Japanese. Names stand inside running text without spaces; punctuation is
# full-width; one paragraph is wrapped in its file, one name stands in full-width letters.
CHINESE: Mapping[str, str] = {
    "dossier.md": """\
---
title: 港口档案
subtitle: 一九六二年的海堤和它的花费
description: 关于修建海堤的信件和会议记录。
language: zh
editors: [王小明]
---
本档案收集关于海堤的文件，首先是[[备忘录-1962]]。[@备忘录-1962#wall-cost]
""",
    "about.md": "这些文件来自[[港务委员会]]的档案。\n",
    "documents/备忘录-1962.md": """\
---
title: 关于海堤的备忘录
short_title: 海堤备忘录
date: 1962-03~
date_note: 没有日期；它回答二月的一篇报道。
kind: 备忘录
authors: [李安娜]
recipients: [港务委员会]
rights: {publish: full, statement: 为本例而写。}
issues: [海堤]
footnotes:
  "1": {cites: [港报-1962], placed_by: editors}
gaps:
  - {what: 附图缺失。, why: 备忘录提到它。}
---
李安娜警告说海堤的花费会加倍。[@备忘录-1962#wall-cost]她请求在春天之前决定。[@备忘录-1962#¶3]
""",
    "texts/备忘录-1962.md": """\
去年港务委员会询问修建海堤需要多少钱。李工程师答应回答。

依我看，海堤的花费将是报纸所说数目的两倍。[^1]“港务委员会同意吗？”李安娜问道。我希望如此！

本备忘录由李安娜写给港务
委员会，并抄送ＡＢＣ公司和罗恩·怀特，请各位在春天之前
作出决定。

[^1]: 《便宜的海堤》，《港报》。
""",
    "annotations/备忘录-1962.yml": """\
- id: wall-cost
  quote: 海堤的花费将是报纸所说数目的两倍
  speaker: [李安娜]
  addressee: [港务委员会]
  issues: [海堤]
  note: 数目见《港报》。[@港报-1962, 第4页]
- id: question
  quote: “港务委员会同意吗？”
  speaker: [李安娜]
  issues: [海堤]
- id: decision
  quote: 请各位在春天之前作出决定
  speaker: [李安娜]
  issues: [海堤]
""",
    "documents/会议记录-1963.md": """\
---
title: 港务委员会会议记录
date: 1963-01-07
kind: 会议记录
publisher: 港务委员会
rights: {publish: excerpts}
issues: [港口费]
---
港务委员会提高了港口费。[@会议记录-1963#dues]
""",
    "texts/会议记录-1963.md": """\
委员们决定把港口费提高一成。罗恩·怀特在场。
""",
    "annotations/会议记录-1963.yml": """\
- id: dues
  quote: 把港口费提高一成
  speaker: [港务委员会]
  issues: [港口费]
""",
    "documents/書簡-1962.md": """\
---
title: 防波堤についての書簡
date: 1962-05-02
kind: 信件
language: ja
authors: [山田太郎]
recipients: [港务委员会]
rights: {publish: full}
issues: [海堤]
---
山田太郎用日文写信给港务委员会。[@書簡-1962#objection]
""",
    "texts/書簡-1962.md": """\
山田 太郎は港湾局に手紙を書いた。「防波堤は高すぎる。」と山田氏は述べた。港湾局は返事をしなかった。
""",
    "annotations/書簡-1962.yml": """\
- id: objection
  quote: 「防波堤は高すぎる。」
  speaker: [山田太郎]
  issues: [海堤]
  note: 他反对这笔花费，如同[[备忘录-1962]]。
""",
    "actors/李安娜.md": """\
---
name: 李安娜
kind: 人物
aliases: [李工程师]
roles:
  - {role: 港口工程师, at: 港务委员会, date: 1958/1964, cites: ["备忘录-1962#¶1"]}
---
李安娜修建了旧码头。[@备忘录-1962#¶1]
""",
    "actors/港务委员会.md": """\
---
name: 港务委员会
kind: 公共机构
aliases: [港湾局]
---
它拥有码头。[@会议记录-1963#dues]
""",
    "actors/山田太郎.md": """\
---
name: 山田太郎
kind: 人物
aliases: [山田氏]
---
来自城里的商人。[@書簡-1962#objection]
""",
    "actors/abc.md": """\
---
name: ABC公司
kind: 公司
---
它供应石料。[@备忘录-1962#¶3]
""",
    "actors/罗恩-怀特.md": """\
---
name: 罗恩・怀特
kind: 人物
---
他出席了会议。[@会议记录-1963#dues]
""",
    "issues/海堤.md": """\
---
title: 海堤
aliases: [海堤, 防波堤]
related: [港口费]
---
争论在于海堤的花费。[@备忘录-1962#wall-cost]
""",
    "issues/港口费.md": """\
---
title: 港口费
aliases: [港口费]
---
只提高过一次。[@会议记录-1963#dues]
""",
    "citations.yml": """\
- id: 港报-1962
  type: article-newspaper
  title: 便宜的海堤
  container-title: 港报
  language: zh
  issued: 1962-02
""",
}


def write_arabic(folder: Path) -> Path:
    """Return the folder `corpus` in `folder` with the Arabic dossier."""
    return write_corpus(folder, base=ARABIC)


def write_chinese(folder: Path) -> Path:
    """Return the folder `corpus` in `folder` with the Chinese dossier."""
    return write_corpus(folder, base=CHINESE)


# Made-up words: no language has them, and none of the interface's is among them.
PEOPLE = (
    *("Zorba Quimm", "Flurbo Quenk", "Drimpa Zolth", "Krolm Vexu", "Ploff Grunzy", "Yasko Wembi"),
    *("Trellup Omx", "Huwag Sprolk", "Nixum Borv", "Gliffa Tonqu", "Vambu Ekzel", "Wozzle Farg"),
    *("Smurda Klipf", "Jembo Roosk", "Oxalp Dunfi", "Quastu Limf", "Brolk Hesmy", "Cleffa Gomz"),
)
# One date of each form that words are made for.
DATES = (
    *("1962-03~", "1962-04?", "1962-05%", "1962", "1962-05-02", "1962-05-03/1962-05-09", "1962-06/1962-08"),
    *("1962-21", "1962-22", "1962-23", "1962-24", "1962-33", "1962-34", "1962-35", "1962-36"),
    *(
        "1962-37",
        "1962-38",
        "1962-39",
        "1962-40",
        "1962-41",
        "196X",
        "19XX",
        "1962-XX",
        "1962-XX-XX",
        "1962-07-XX",
    ),
    *(
        "1962-02/..",
        "1962-02/",
        "../1963",
        "/1963",
        "[1962-01,1962-03]",
        "{1961,1962}",
        "[1961..]",
        "[..1961]",
    ),
    *("1962-04-12T23:20:30", "1962-04-12T23:20:30Z", "-0043-03-15", "XXXX"),
)
# The types of sources that a style or the tool words in different ways.
TYPES = (
    "article-newspaper",
    "bill",
    "webpage",
    "report",
    "book",
    "legal_case",
    "personal_communication",
    "hearing",
)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _made_up_actors() -> Iterator[tuple[str, str]]:
    for index, name in enumerate(PEOPLE):
        roles = (
            f'roles:\n  - {{role: Blemf, at: {_slug(PEOPLE[0])}, date: 1958/1964, cites: ["zunk-0#\u00b61"]}}\n'
            if index
            else "aliases: [Qimbu, Zorbalp]\nidentifiers: {Zemf: x-12}\n"
        )
        yield (
            f"actors/{_slug(name)}.md",
            f"---\nname: {name}\nkind: {'florp' if index % 2 else 'grelm'}\n{roles}---\n"
            f"Zemmp {PEOPLE[index - 1]} volb.[@zunk-0#\u00b61]\n",
        )


def _made_up_documents() -> Iterator[tuple[str, str]]:
    """Yield documents of all dates and rights; the first has everything that a record can have."""
    everyone = ", ".join(map(_slug, PEOPLE))
    names = ", ".join(PEOPLE)
    for index, date in enumerate(DATES):
        publish = ("full", "excerpts", "record")[index % 3] if index else "full"
        more = (
            f"""\
short_title: Zunk drelb
date_note: Vlim dornk.
authors: [{_slug(PEOPLE[1])}]
signatories: [{everyone}]
publisher: {_slug(PEOPLE[0])}
provenance:
  - {{actor: {_slug(PEOPLE[2])}, name: Klumf, role: blonk, date: 1962~, url: "https://example.org/zunk", note: Drelm.}}
  - {{name: Vorpu}}
source: {{file: zunk.txt, sha256: {"ab" * 32}}}
footnotes:
  "1": {{cites: [zuff-0], placed_by: editors, note: Glumf.}}
  "2": {{cites: ["zunk-1#quomp-1"]}}
repairs:
  - {{rule: klim-forb, source_line: 3, before: drolb, after: drelb, note: Flimb.}}
gaps:
  - {{what: Blump drolk., why: Vemmp.}}
"""
            if not index
            else ""
        )
        yield (
            f"documents/zunk-{index}.md",
            f"""\
---
title: Zunk drolb {index}
date: "{date}"
kind: {"zilk" if index % 2 else "vrolm"}
recipients: [{_slug(PEOPLE[3])}]
rights: {{publish: {publish}, statement: Klomp., holder: Drulf}}
issues: [mirf-0{f", mirf-{index % 14}" if index % 14 else ""}]
{more}---
Zunk {PEOPLE[index % len(PEOPLE)]} blorv.[@zunk-{index}{"" if publish == "record" else f"#quomp-{index}"}]
""",
        )
        notes = "[^1] Drolk.[^2]\n\n[^1]: Blomf zilp.\n\n[^2]: Vumf." if not index else "Drolk."
        yield (
            f"texts/zunk-{index}.md",
            f"Zimf {names}, grolp mirfel.\n\nQuomp drilv norb {index}, {PEOPLE[0]}.{notes}\n",
        )
        speakers = everyone if not index else _slug(PEOPLE[index % 3])
        yield (
            f"annotations/zunk-{index}.yml",
            f"""\
- id: quomp-{index}
  quote: Quomp drilv norb {index}
  speaker: [{speakers}]
  attribution: Zemmp blorv
  addressee: [{_slug(PEOPLE[3])}]
  issues: [mirf-0]
  note: Vlemf.[@zuff-{index % len(TYPES)}, zq. 4]
""",
        )


def _german() -> Iterator[tuple[str, str]]:
    yield (
        "dossier.md",
        "---\ntitle: Zunkpolm\nsubtitle: Grolp zemf\nlanguage: de\neditors: [Ulmf Brezk, Zelf Marv]\n---\n"
        f"Zunk {PEOPLE[0]} vlomp [[zunk-0]].[@zunk-0#quomp-0]\n",
    )
    yield "about.md", f"Zelk {PEOPLE[0]} drumf.[@zunk-0]\n"
    yield from _made_up_actors()
    yield from _made_up_documents()
    for index in range(14):
        related = "related: [mirf-0]\n" if index else "aliases: [mirfel]\n"
        yield (
            f"issues/mirf-{index}.md",
            f"---\ntitle: Mirf zolp {index}\n{related}---\nDrelk {PEOPLE[1]} blumf.[@zuff-0]\n",
        )
    yield (
        "citations.yml",
        "".join(
            f"- id: zuff-{index}\n  type: {kind}\n  title: Zuff klomv {index}\n"
            "  author: [{family: Quozz, given: Ilb}, {family: Vrunt, given: Oz}]\n"
            f"  issued: {DATES[index]}\n  accessed: 2020-02-03\n  URL: https://example.org/zuff-{index}\n"
            for index, kind in enumerate(TYPES)
        ),
    )


GERMAN: Mapping[str, str] = dict(_german())


def write_german(folder: Path) -> Path:
    """Return the folder `corpus` in `folder` with the German dossier of made-up words."""
    return write_corpus(folder, base=GERMAN)
