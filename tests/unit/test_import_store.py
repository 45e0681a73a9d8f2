"""What an import writes: the same twice, nothing of the editors' lost, each file whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from generator.diagnostics import format_diagnostic
from generator.importing.merge import merge, show_difference
from generator.importing.run import Import, Options, import_files
from generator.load import load_corpus
from tests.import_files import make_zip

FIRST = "The harbour board met on the third day and heard what the engineers had to say of the old wall."
SECOND = "Nobody had asked the ferrymen, who would have told them that the wall was lost before the winter."
THIRD = "In the end the sum was paid out of the dues, and the wall was built anew with stone from the hill."
ARTICLE = f"# The salt road\n\nBy Ottoline Grau\n\n{FIRST}\n\n{SECOND}\n"
OTHER = "The mill at the weir grinds no more since its wheel was sold to a museum that nobody has ever seen."


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def run(root: Path, *paths: Path, **options: object) -> Import:
    return import_files(paths, root, "corpus", Options(**options))  # type: ignore[arg-type]


def files_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def codes(result: Import) -> list[str]:
    return [found.code for found in result.found]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return put(tmp_path / "received", {"salt.txt": ARTICLE}) / "salt.txt"


def test_an_import_writes_source_text_record_and_their_base(root: Path, article: Path) -> None:
    result = run(root, article)
    assert sorted(files_of(root)) == [
        "documents/the-salt-road.md",
        "imports/the-salt-road/documents-the-salt-road.md",
        "imports/the-salt-road/texts-the-salt-road.md",
        "sources/salt.txt",
        "texts/the-salt-road.md",
    ]
    assert {change.path for change in result.changes} == {
        "documents/the-salt-road.md",
        "sources/salt.txt",
        "texts/the-salt-road.md",
    }
    assert (root / "sources/salt.txt").read_bytes() == article.read_bytes()
    sha256 = hashlib.sha256(article.read_bytes()).hexdigest()
    assert sha256 in (root / "documents/the-salt-road.md").read_text()
    assert (root / "texts/the-salt-road.md").read_text() == f"{FIRST}\n\n{SECOND}\n"


def test_what_an_import_writes_loads_without_an_error(root: Path, article: Path) -> None:
    note = "<sup>1</sup> “The ferry,” 2030."
    letter = f"Dear Minister Quist:\n\n{OTHER}<sup>1</sup>\n\nSincerely,\n\nWilma Achterhof\n\n{note}\n"
    run(root, article, put(root.parent / "more", {"letter.txt": letter}))
    corpus, found = load_corpus(root, shown="corpus")
    assert corpus is not None
    assert not [one for one in found if one.severity == "error"]
    assert corpus.actors
    assert corpus.citations


def test_importing_again_gives_nothing_to_write(root: Path, article: Path) -> None:
    run(root, article)
    before = files_of(root)
    result = run(root, article)
    assert result.changes == ()
    assert result.found == ()
    assert files_of(root) == before


def test_two_imports_into_two_folders_give_the_same_bytes(tmp_path: Path, article: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run(tmp_path / name, article)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_a_change_of_the_editors_is_kept(root: Path, article: Path) -> None:
    run(root, article)
    for path, old, new in (
        ("texts/the-salt-road.md", "the third day", "the fourth day"),
        ("documents/the-salt-road.md", "publish: record", "publish: full"),
    ):
        file = root / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
    before = files_of(root)
    result = run(root, article)
    assert result.changes == ()
    assert result.found == ()
    assert files_of(root) == before


def test_a_change_of_the_editors_is_merged_with_one_of_the_import(root: Path, article: Path) -> None:
    run(root, article, slug="salt")
    text = root / "texts/salt.md"
    text.write_text(text.read_text().replace("the third day", "the fourth day"))
    article.write_text(ARTICLE.replace("before the winter", "in the winter"))
    result = run(root, article, slug="salt")
    assert "import-conflict" not in codes(result) or all(
        "documents/" in one.place.path for one in result.found
    )
    assert "the fourth day" in text.read_text()
    assert "in the winter" in text.read_text()


def test_lines_that_both_changed_are_marked_with_their_line(root: Path, article: Path) -> None:
    run(root, article, slug="salt")
    text = root / "texts/salt.md"
    text.write_text(text.read_text().replace("before the winter", "after the winter"))
    article.write_text(ARTICLE.replace("before the winter", "in the winter"))
    result = run(root, article, slug="salt")
    rows = text.read_text().split("\n")
    assert rows[2:7] == [
        "<<<<<<< editors",
        SECOND.replace("before", "after"),
        "=======",
        SECOND.replace("before", "in"),
        ">>>>>>> import",
    ]
    (found,) = [one for one in result.found if one.place.path == "corpus/texts/salt.md"]
    assert format_diagnostic(found) == (
        "corpus/texts/salt.md:3:1: error[import-conflict] the import and the editors changed the same lines\n"
        "  why:  taking either would lose the other's words\n"
        "  help: choose between the lines above and below `=======`, and delete the three lines of marks"
    )


def test_a_conflict_that_an_editor_has_solved_stays_solved(root: Path, article: Path) -> None:
    run(root, article, slug="salt")
    text = root / "texts/salt.md"
    text.write_text(text.read_text().replace("before the winter", "after the winter"))
    article.write_text(ARTICLE.replace("before the winter", "in the winter"))
    run(root, article, slug="salt")
    text.write_text(f"{FIRST}\n\n{SECOND.replace('before', 'after')}\n")
    again = run(root, article, slug="salt")
    assert [one for one in again.found if "texts/" in one.place.path] == []
    assert "after the winter" in text.read_text()


def test_a_file_without_a_base_is_left_as_it_is(root: Path, article: Path) -> None:
    run(root, article)
    base = root / "imports/the-salt-road/texts-the-salt-road.md"
    base.unlink()
    text = root / "texts/the-salt-road.md"
    text.write_text("An editor's own words.\n")
    result = run(root, article)
    assert text.read_text() == "An editor's own words.\n"
    assert not base.exists()
    (found,) = result.found
    assert format_diagnostic(found) == (
        "corpus/texts/the-salt-road.md:1:1: warning[no-import-base] the file is not from an import, or what that"
        " import gave "
        "is not kept: it was left as it is\n"
        "  why:  editors' words and the import's cannot be told apart\n"
        "  help: compare it with the difference shown, or delete it and import again; `imports/` keeps what"
        " imports gave"
    )
    (change,) = result.changes
    assert "-An editor's own words." in change.difference


def test_a_base_that_was_lost_is_written_again_where_nothing_was_changed(root: Path, article: Path) -> None:
    run(root, article)
    before = files_of(root)
    (root / "imports/the-salt-road/texts-the-salt-road.md").unlink()
    assert run(root, article).found == ()
    assert files_of(root) == before


def test_another_file_of_the_same_name_gets_its_hash(root: Path, tmp_path: Path) -> None:
    one = put(tmp_path / "one", {"letter.txt": ARTICLE}) / "letter.txt"
    two = put(tmp_path / "two", {"letter.txt": f"# The mill\n\n{OTHER}\n"}) / "letter.txt"
    run(root, one, two)
    digest = hashlib.sha256(two.read_bytes()).hexdigest()[:8]
    assert sorted(path.name for path in (root / "sources").iterdir()) == sorted(
        ["letter.txt", f"letter-{digest}.txt"]
    )
    assert (root / "sources/letter.txt").read_bytes() == one.read_bytes()
    assert sorted(path.name for path in (root / "documents").iterdir()) == ["the-mill.md", "the-salt-road.md"]


def test_files_of_one_name_can_be_imported_again(root: Path, tmp_path: Path) -> None:
    one = put(tmp_path / "one", {"letter.txt": ARTICLE}) / "letter.txt"
    two = put(tmp_path / "two", {"letter.txt": f"# The mill\n\n{OTHER}\n"}) / "letter.txt"
    run(root, one, two)
    before = files_of(root)
    assert run(root, one, two).changes == ()
    assert files_of(root) == before


def test_members_of_one_name_in_two_folders_of_a_zip_are_two_documents(root: Path, tmp_path: Path) -> None:
    content = make_zip({"a/index.txt": ARTICLE.encode(), "b/index.txt": f"# The mill\n\n{OTHER}\n".encode()})
    result = run(root, put(tmp_path / "received", {"all.zip": content}) / "all.zip")
    assert {file.slug for file in result.files if file.slug} == {"the-salt-road", "the-mill"}


def test_a_later_edition_of_a_file_belongs_to_its_document(root: Path, article: Path) -> None:
    run(root, article)
    article.write_text(ARTICLE.replace("before the winter", "in the winter"))
    result = run(root, article)
    assert [file.slug for file in result.files] == ["the-salt-road"]
    assert "in the winter" in (root / "texts/the-salt-road.md").read_text()
    assert [path.name for path in (root / "documents").iterdir()] == ["the-salt-road.md"]


def test_a_dry_run_writes_nothing_and_tells_what_it_would(root: Path, article: Path) -> None:
    dry = run(root, article, is_dry=True)
    assert files_of(root) == {}
    assert list(root.iterdir()) == []
    assert [change.path for change in dry.changes] == [change.path for change in run(root, article).changes]


def test_a_dry_run_of_a_repost_writes_nothing(root: Path, article: Path, tmp_path: Path) -> None:
    run(root, article)
    before = files_of(root)
    copy = put(tmp_path / "copy", {"repost.txt": f"{ARTICLE}\n{THIRD}\n"}) / "repost.txt"
    assert run(root, copy, is_dry=True).files[0].duplicate is not None
    assert files_of(root) == before


def test_an_import_that_is_killed_half_way_leaves_no_partial_file(
    root: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, article)
    before = files_of(root)
    article.write_text(ARTICLE.replace("before the winter", "in the winter"))

    def fail(*_: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        run(root, article, slug="the-salt-road")
    assert files_of(root) == before


def test_an_import_that_was_killed_can_be_repeated(
    root: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, calls = Path.replace, []

    def fail(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return original(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        run(root, article)
    monkeypatch.setattr(Path, "replace", original)
    assert run(root, article).found == ()
    other = root.parent / "other"
    other.mkdir()
    run(other, article)
    assert files_of(root) == files_of(other)


def test_a_bad_file_stops_no_other(root: Path, tmp_path: Path) -> None:
    folder = put(
        tmp_path / "received",
        {
            "a.txt": ARTICLE,
            "b.pdf": b"%PDF-1.4 and then nothing",
            "sub/c.txt": f"# The mill\n\n{OTHER}\n",
            "d.txt": b"",
            ".hidden": "x",
        },
    )
    result = run(root, folder)
    assert [(Path(file.name).name, file.slug) for file in result.files] == [
        ("a.txt", "the-salt-road"),
        ("b.pdf", None),
        ("d.txt", None),
        ("c.txt", "the-mill"),
    ]
    assert sorted(codes(result)) == ["damaged-file", "empty-file"]
    assert sorted(path.name for path in (root / "sources").iterdir()) == ["a.txt", "c.txt"]


def test_the_number_of_jobs_makes_no_difference(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "received",
        {
            f"{n}.txt": f"# Report {n} on the wall\n\n{' '.join(f'{OTHER[:-1]} {n} {m}.' for m in range(n + 1))}\n"
            for n in range(6)
        },
    )
    for jobs in (1, 4):
        (tmp_path / f"corpus-{jobs}").mkdir()
        run(tmp_path / f"corpus-{jobs}", folder, jobs=jobs)
    assert files_of(tmp_path / "corpus-1") == files_of(tmp_path / "corpus-4")


def test_the_members_of_a_zip_become_documents_of_their_own(root: Path, tmp_path: Path) -> None:
    content = make_zip({"a/salt.txt": ARTICLE.encode(), "mill.txt": f"# The mill\n\n{OTHER}\n".encode()})
    result = run(root, put(tmp_path / "received", {"all.zip": content}) / "all.zip")
    assert {file.slug for file in result.files if file.slug} == {"the-salt-road", "the-mill"}
    kept = {path.read_bytes() for path in (root / "sources").iterdir()}
    assert ARTICLE.encode() in kept
    before = files_of(root)
    assert run(root, tmp_path / "received/all.zip").changes == ()
    assert files_of(root) == before


def test_a_letter_and_its_attachment_become_documents(root: Path, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ann Lee <ann@ferries.example>", "Orla Quist <orla@tides.example>"
    mail["Subject"], mail["Date"], mail["Message-ID"] = (
        "The mill",
        "Mon, 3 Mar 2031 10:00:00 +0000",
        "<1@ferries.example>",
    )
    mail.set_content(f"Dear Orla,\n\n{OTHER}\n\nAnn Lee\n")
    mail.add_attachment(ARTICLE.encode(), maintype="text", subtype="plain", filename="salt.txt")
    result = run(root, put(tmp_path / "received", {"letter.eml": mail.as_bytes()}) / "letter.eml")
    assert [file.slug for file in result.files] == ["the-mill", "the-salt-road"]
    record = (root / "documents/the-mill.md").read_text()
    assert "date: '2031-03-03'" in record
    assert "authors:\n- ann-lee" in record or "authors: [ann-lee]" in record
    assert "orla-quist" in record
    assert (
        root / "actors/ann-lee.md"
    ).read_text() == "---\n{name: Ann Lee, kind: person}\n---\n" or "name: Ann Lee" in (
        root / "actors/ann-lee.md"
    ).read_text()


def test_an_actor_that_the_register_has_is_named_by_its_slug_and_stays(root: Path) -> None:
    own = "---\nname: Wilma Achterhof\nkind: person\naliases: [W. Achterhof]\n---\nHer profile.\n"
    put(root, {"actors/wilma.md": own})
    letter = f"Dear Minister Quist:\n\n{FIRST}\n\nSincerely,\n\nWilma Achterhof\n"
    run(root, put(root.parent / "received", {"letter.txt": letter}) / "letter.txt", slug="letter")
    assert "wilma" in (root / "documents/letter.md").read_text()
    assert (root / "actors/wilma.md").read_text() == own
    assert not (root / "actors/wilma-achterhof.md").exists()


def test_a_bibliography_is_appended_to_and_an_entry_that_it_has_is_cited(root: Path, tmp_path: Path) -> None:
    own = "# Mine.\n- id: my-ferry\n  type: article\n  title: The late ferry\n"
    put(root, {"citations.yml": own})
    notes = "<sup>1</sup> “The late ferry.”\n<sup>2</sup> “The early ferry,” 2030.\n"
    text = f"{FIRST}<sup>1</sup>\n\n{SECOND}<sup>2</sup>\n\n{notes}"
    run(root, put(tmp_path / "received", {"note.txt": text}) / "note.txt", slug="note")
    written = (root / "citations.yml").read_text()
    assert written.startswith(own)
    assert written.count("The late ferry") == 1
    assert "The early ferry" in written
    assert "my-ferry" in (root / "documents/note.md").read_text()


@pytest.mark.parametrize(
    "name", ["..", "a/../../b.txt", "<b>.txt", "con\x00.txt", "x" * 300 + ".txt", "-rf.txt"]
)
def test_the_name_of_a_member_cannot_leave_the_folder_of_sources(name: str, root: Path) -> None:
    from generator.importing.store import Store

    store = Store(root, "corpus", is_dry=False)
    kept = store.keep_source(name, b"x")
    assert [path.name for path in (root / "sources").iterdir()] == [kept]
    assert "/" not in kept
    assert len(kept) <= 120
    assert not kept.startswith((".", "-"))


@pytest.mark.parametrize(
    ("base", "current", "new", "merged", "conflicts"),
    [
        (None, None, "a\n", "a\n", ()),
        (None, "mine\n", "a\n", "mine\n", ()),
        ("a\n", None, "b\n", "b\n", ()),
        ("a\n", "a\n", "b\n", "b\n", ()),
        ("a\n", "b\n", "b\n", "b\n", ()),
        ("a\n", "mine\n", "a\n", "mine\n", ()),
        ("a\nx\nb\n", "a!\nx\nb\n", "a\nx\nb!\n", "a!\nx\nb!\n", ()),
        ("a\n", "b\n", "c\n", "<<<<<<< editors\nb\n=======\nc\n>>>>>>> import\n", (1,)),
        ("", "b\n", "c\n", "<<<<<<< editors\nb\n=======\nc\n>>>>>>> import\n", (1,)),
    ],
)
def test_a_merge_keeps_the_editors_words(
    base: str | None, current: str | None, new: str, merged: str, conflicts: tuple[int, ...]
) -> None:
    result = merge(base, current, new)
    assert (result.text, result.conflicts) == (merged, conflicts)


def test_a_difference_is_shown_as_a_diff_and_nothing_as_nothing() -> None:
    assert show_difference("a\n", "a\n", "x") == ""
    assert show_difference("a\n", "b\n", "x").split("\n")[:2] == ["--- x (now)", "+++ x (import)"]
