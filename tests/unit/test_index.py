"""Backlinks with their contexts, statements in order, actors named together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.index import Reference, Statement
from tests.corpora import Staged, stage

PROFILE = "---\nname: Jo Smith\nkind: person\n---\n"


def links(staged: Staged, target: str, source: str) -> list[Reference]:
    """Return the references from one page to another."""
    return [
        reference
        for page in staged.index.backlinks.get(target, ())
        if page.source == source
        for reference in page.references
    ]


def contexts(staged: Staged, target: str, source: str) -> list[str]:
    """Return the contexts of the references from one page to another, hits in brackets; relations of records."""
    shown = []
    for reference in links(staged, target, source):
        context = reference.context
        if context is None:
            shown.append(reference.relation)
            continue
        words = context.words
        for hit in reversed(context.hits):
            words = f"{words[: hit.start]}[{words[hit.start : hit.end]}]{words[hit.end :]}"
        shown.append(words)
    return shown


def test_a_mention_is_a_backlink_with_the_sentence_around_it(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {"actors/jo-smith.md": f"{PROFILE}He wrote. He met Ann Lee, and Ann Lee's board. He left.\n"},
    )
    assert contexts(staged, "ann-lee", "jo-smith") == ["He met [Ann Lee], and [Ann Lee]'s board."]


def test_a_wikilink_is_a_backlink_with_its_label_as_the_hit(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}He wrote. He met [[ann-lee|the engineer]].\n"})
    assert contexts(staged, "ann-lee", "jo-smith") == ["He met [the engineer]."]


@pytest.mark.parametrize(
    "profile",
    [
        "He came. He wrote.[@gazette-1961] He left.",
        "He came. He wrote[@gazette-1961]. He left.",
        "He came. He wrote. [@gazette-1961] He left.",
        "He came. He [@gazette-1961]wrote. He left.",
        "He wrote.\n[@gazette-1961]\nHe left.",
        "[@gazette-1961]He wrote. He left.",
    ],
)
def test_a_citation_is_a_backlink_with_the_sentence_that_it_proves(profile: str, tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}{profile}\n"})
    assert contexts(staged, "gazette-1961", "jo-smith") == ["He wrote."]


def test_a_citation_that_stands_alone_has_an_empty_context(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}[@gazette-1961]\n"})
    assert contexts(staged, "gazette-1961", "jo-smith") == [""]


def test_a_citation_keeps_its_locator(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    assert [link.locator for link in links(staged, "gazette-1961", "jo-smith")] == ["p. 4"]
    assert [link.note for link in links(staged, "gazette-1961", "memo-1962")] == ["1"]


def test_a_footnote_leads_from_the_sentence_at_its_mark_to_the_work_it_cites(tmp_path: Path) -> None:
    assert contexts(stage(tmp_path), "gazette-1961", "memo-1962") == [
        "In my view the wall will cost twice the sum named last year."
    ]


def test_fields_of_records_are_backlinks_before_those_of_texts(tmp_path: Path) -> None:
    assert contexts(stage(tmp_path), "ann-lee", "memo-1962") == [
        "author",
        "speaker",
        "[Ann Lee] signed this.",
    ]


def test_the_role_of_an_actor_links_to_the_body_and_to_its_proof(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    assert contexts(staged, "harbour-board", "ann-lee") == ["role"]
    assert [(r.relation, str(r.target)) for r in links(staged, "memo-1962", "ann-lee")] == [
        ("role", "memo-1962#¶1"),
        ("", "memo-1962#¶2"),
    ]


def test_a_reference_leads_to_the_passage_that_makes_it(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    text = staged.linked.text("memo-1962", "transcription")
    assert text is not None
    mentions = [link for link in links(staged, "jo-smith", "memo-1962") if link.kind == "mention"]
    assert [(link.anchor, link.place, link.place_number) for link in mentions] == [
        (text.passages[3].permalink, "passage", "4"),
        ("fn:memo-1962-n-1", "numbered_note", "1"),
    ]


def test_a_heading_leads_to_the_passage_below_it(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}# Ann Lee\n\nHe wrote.\n"})
    text = staged.linked.text("jo-smith", "profile")
    assert text is not None
    assert [link.anchor for link in links(staged, "ann-lee", "jo-smith")] == [text.passages[0].permalink]


def test_a_page_is_no_backlink_of_itself(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}Jo Smith, [[jo-smith]], wrote.\n"})
    assert links(staged, "jo-smith", "jo-smith") == []


def test_a_withheld_text_makes_no_backlinks(tmp_path: Path) -> None:
    withheld = "He met Ann Lee. The members resolved to raise the dues.\n"
    staged = stage(tmp_path, {"texts/minutes-1963.md": withheld})
    assert links(staged, "ann-lee", "minutes-1963") == []
    quoted = "- {id: dues, quote: He met Ann Lee.}\n"
    staged = stage(tmp_path, {"texts/minutes-1963.md": withheld, "annotations/minutes-1963.yml": quoted})
    assert contexts(staged, "ann-lee", "minutes-1963") == ["He met [Ann Lee]."]


def test_backlinks_stand_by_kind_and_documents_by_date(tmp_path: Path) -> None:
    letter = (
        "---\ntitle: A letter\ndate: {}\nkind: letter\nrights: {{publish: record}}\n---\nAnn Lee wrote.\n"
    )
    staged = stage(
        tmp_path,
        {
            "documents/z.md": letter.format("1950"),
            "documents/a.md": letter.format("1970~"),
            "documents/m.md": letter.format("unknown"),
            "actors/jo-smith.md": f"{PROFILE}Ann Lee.\n",
            "issues/harbour-dues.md": "---\ntitle: Dues\naliases: [harbour dues]\n---\nAnn Lee.\n",
            "about.md": "Ann Lee.\n",
        },
    )
    assert [(page.source, page.role) for page in staged.index.backlinks["ann-lee"]] == [
        ("z", None),
        ("memo-1962", None),
        ("a", None),
        ("m", None),
        ("harbour-dues", None),
        ("jo-smith", None),
        ("", "about"),
    ]


STATEMENTS = """\
- {id: c, quote: raise the dues, speaker: harbour-board, addressee: [ann-lee], issues: [harbour-dues]}
- {id: b, quote: by a tenth, date: 1961, speaker: [ann-lee, harbour-board, ann-lee]}
- {id: a, quote: The members, date: 1963-01}
- {id: d, quote: resolved, date: soon}
"""


def test_statements_stand_by_date_then_document_then_place(tmp_path: Path) -> None:
    index = stage(tmp_path, {"annotations/minutes-1963.yml": STATEMENTS}).index
    assert [(s.document, s.annotation.id, s.date) for s in index.statements] == [
        ("minutes-1963", "b", "1961"),
        ("memo-1962", "wall-cost", "1962-03-14"),
        ("minutes-1963", "c", "1963-01"),
        ("minutes-1963", "a", "1963-01"),
        ("minutes-1963", "d", "soon"),
    ]


def test_statements_are_listed_once_by_each_speaker_addressee_and_issue(tmp_path: Path) -> None:
    index = stage(tmp_path, {"annotations/minutes-1963.yml": STATEMENTS}).index

    def ids(groups: Mapping[str, tuple[Statement, ...]]) -> dict[str, list[str]]:
        return {slug: [s.annotation.id for s in group] for slug, group in groups.items()}

    assert ids(index.said_by) == {"ann-lee": ["b", "wall-cost"], "harbour-board": ["b", "c"]}
    assert ids(index.said_to) == {"ann-lee": ["c"], "harbour-board": ["wall-cost"]}
    assert ids(index.on_issue) == {"harbour-dues": ["c"], "harbour-wall": ["wall-cost"]}


def test_a_statement_of_a_document_without_published_words_is_not_listed(tmp_path: Path) -> None:
    record = "---\ntitle: Minutes\ndate: 1963\nkind: minutes\nrights: {publish: record}\n---\n"
    index = stage(tmp_path, {"documents/minutes-1963.md": record}).index
    assert [s.document for s in index.statements] == ["memo-1962"]


def test_actors_named_in_one_passage_are_named_together(tmp_path: Path) -> None:
    text = "Ann Lee met Jo Smith.\n\nAnn Lee, Jo Smith and the Harbour Board.\n\nAnn Lee. Ann Lee.\n"
    staged = stage(tmp_path, {"texts/memo-1962.md": text, "documents/minutes-1963.md": None})
    assert list(staged.index.co_mentions["ann-lee"].items()) == [("jo-smith", 2), ("harbour-board", 1)]
    assert list(staged.index.co_mentions["harbour-board"].items()) == [("ann-lee", 1), ("jo-smith", 1)]


def test_namings_count_the_passages_of_each_document(tmp_path: Path) -> None:
    text = "Ann Lee met Ann Lee.\n\n[[ann-lee]]\n\nAnn Lee.\n"
    staged = stage(tmp_path, {"texts/memo-1962.md": text})
    assert staged.index.named_in["ann-lee"] == {"memo-1962": 2}


def test_documents_stand_in_the_order_of_their_dates(tmp_path: Path) -> None:
    letter = "---\ntitle: A letter\ndate: {}\nkind: letter\nrights: {{publish: record}}\n---\n"
    dates = {"a": "1962-03-14", "b": "1962-03", "c": "1962", "d": "1961/1963", "e": "when"}
    files = {f"documents/{slug}.md": letter.format(date) for slug, date in dates.items()}
    assert stage(tmp_path, files).index.chronology == ("d", "c", "b", "a", "memo-1962", "minutes-1963", "e")
