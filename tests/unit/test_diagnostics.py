"""Every diagnostic of load, link and check: what triggers it, and its exact text."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import generator
from generator.diagnostics import error, format_diagnostic, info, sort_diagnostics, stops_build, warning
from generator.edition import choose_edition
from generator.load import load_corpus
from generator.model.places import Place
from tests.corpora import run_stages, stage, write_corpus
from tests.diagnostic_cases import Case, read_cases

ROOMS = ("text", "load", "edition", "link", "index", "check")
# What the rooms put into codes that are not literal.
PARTS = {
    "unknown-": ("unknown-actor", "unknown-issue", "unknown-actor-or-issue"),
    "orphan-": ("orphan-actor", "orphan-issue", "orphan-source"),
}
CODE = re.compile(r"^[^ \n]+: (?:error|warning|info)\[([a-z0-9-]+)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A fault that no text in a case file can show: `damage` makes it in the folder of a sound corpus."""

    name: str
    damage: Callable[[Path], None]
    expected: str


def _write(name: str, content: bytes) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        (root / name).write_bytes(content)

    return damage


def _link(name: str, target: str) -> Callable[[Path], None]:
    def damage(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(target)

    return damage


def _fifty_megabytes(root: Path) -> None:
    with (root / "texts/memo-1962.md").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)


def _pipe(root: Path) -> None:
    (root / "about.md").unlink(missing_ok=True)
    os.mkfifo(root / "about.md")


NOT_UTF8 = """\
corpus/about.md:{place}: error[not-utf8] byte 0x{byte} is not UTF-8
  why:  its letters would be guessed, and quotations would no longer match
  help: save the file as UTF-8"""
LEAVES = """\
corpus/{place}: error[path-leaves-folder] `{name}` leads out of the corpus folder
  why:  a corpus must not publish other files of the machine that builds it
  help: copy the file into the corpus"""
UNREADABLE = """\
corpus/about.md:1:1: error[unreadable-file] cannot be read: {reason}
  help: check that it is a plain file and that you may read it"""

PREPARED = (
    Prepared(
        name="bytes that are not UTF-8, behind a letter of two bytes",
        damage=_write("about.md", b"First\n\xc3\xa9t\xe9"),
        expected=NOT_UTF8.format(place="2:3", byte="e9"),
    ),
    Prepared(
        name="bytes that are not UTF-8, behind a byte order mark",
        damage=_write("about.md", b"\xef\xbb\xbfab\ncd\xff"),
        expected=NOT_UTF8.format(place="2:3", byte="ff"),
    ),
    Prepared(
        name="bytes that are not UTF-8, with the line ends of old machines",
        damage=_write("about.md", b"a\rb\r\nc\xff"),
        expected=NOT_UTF8.format(place="3:2", byte="ff"),
    ),
    Prepared(
        name="UTF-16",
        damage=_write("about.md", "Method".encode("utf-16")),
        expected=NOT_UTF8.format(place="1:1", byte="ff"),
    ),
    Prepared(
        name="a NUL character",
        damage=_write("about.md", b"One\nTwo\0"),
        expected="""\
corpus/about.md:2:4: error[not-text] the file holds a NUL character
  why:  it is not a text file, or was damaged
  help: save it again as plain UTF-8 text""",
    ),
    Prepared(
        name="a file of 50 MB",
        damage=_fifty_megabytes,
        expected="""\
corpus/texts/memo-1962.md:1:1: error[file-too-large] 50 MB; a text of the corpus may have 10 MB
  why:  such a page cannot be read by anyone, nor built in bounded time
  help: split it into several documents, or keep it in sources/ only""",
    ),
    Prepared(
        name="a folder in place of a file",
        damage=lambda root: (root / "about.md").mkdir(),
        expected=UNREADABLE.format(reason="it is not a plain file"),
    ),
    Prepared(
        name="a pipe in place of a file",
        damage=_pipe,
        expected=UNREADABLE.format(reason="it is not a plain file"),
    ),
    Prepared(
        name="a record that is a link to a file elsewhere",
        damage=_link("actors/shadow.md", "/etc/passwd"),
        expected=LEAVES.format(place="actors/shadow.md:1:1", name="shadow.md"),
    ),
    Prepared(
        name="a record that is a link to itself",
        damage=_link("actors/loop.md", "loop.md"),
        expected=LEAVES.format(place="actors/loop.md:1:1", name="loop.md"),
    ),
)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_a_faulty_corpus_gives_exactly_the_text_of_its_case(case: Case, tmp_path: Path) -> None:
    assert stage(tmp_path, case.files).messages == case.expected


@pytest.mark.parametrize("case", PREPARED, ids=lambda case: case.name)
def test_a_damaged_file_gives_exactly_this_text(case: Prepared, tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    case.damage(root)
    assert run_stages(root).messages == case.expected


MISSING_CORPUS = """\
{path}:1:1: error[missing-corpus] no corpus here: {reason}
  help: name a folder that holds corpus/documents/ or documents/, or start one with `dossier new DIR`"""


UNKNOWN_EDITION = """\
corpus/dossier.md:2:1: error[unknown-edition] there is no edition `pubic`
  why:  what it may hold would be guessed
  help: did you mean `public`?"""


def test_an_edition_that_is_not_there_is_an_unknown_one(tmp_path: Path) -> None:
    corpus, _ = load_corpus(write_corpus(tmp_path), shown="corpus")
    assert corpus is not None
    edition, found = choose_edition(corpus, "pubic", "")
    assert edition is None
    assert [format_diagnostic(d) for d in found] == [UNKNOWN_EDITION]


def test_a_missing_folder_is_a_missing_corpus(tmp_path: Path) -> None:
    corpus, found = load_corpus(tmp_path / "nowhere", shown="nowhere")
    assert corpus is None
    assert [format_diagnostic(d) for d in found] == [
        MISSING_CORPUS.format(path="nowhere", reason="there is no such folder")
    ]


def test_a_folder_without_documents_is_a_missing_corpus(tmp_path: Path) -> None:
    corpus, found = load_corpus(tmp_path)
    assert corpus is None
    assert [format_diagnostic(d) for d in found] == [
        MISSING_CORPUS.format(path=tmp_path, reason="there is no folder documents/ in it")
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("rene\u0301", "ren\u00e9"), ("Ren", "ren")], ids=["Unicode form", "case"]
)
def test_two_files_whose_slugs_differ_in_form_alone_collide(first: str, second: str, tmp_path: Path) -> None:
    record = "---\nname: {}\nkind: person\n---\n"
    root = write_corpus(tmp_path, {f"actors/{slug}.md": record.format(slug) for slug in (first, second)})
    if len(list((root / "actors").glob("[Rr]en*"))) < 2:
        pytest.skip("this file system cannot hold two such names")
    assert (
        run_stages(root).messages
        == f"""\
corpus/actors/{second}.md:1:1: error[duplicate-slug] the slug `{second}` is also that of corpus/actors/{first}.md
  why:  a link to it could mean either, and on some systems one page would overwrite the other
  help: rename one of the two files; case and Unicode form do not tell slugs apart"""
    )


def test_every_code_in_the_source_has_a_case() -> None:
    assert sorted(set(_codes_in_source()) - _codes_in_cases()) == []


def test_every_case_stands_in_the_folder_of_a_code_that_it_shows() -> None:
    whole = {"several", "faulty-record"}
    named = {case.name.partition("/")[0]: set(CODE.findall(case.expected)) for case in read_cases()}
    assert [name for name, codes in named.items() if name not in codes | whole] == []


def test_the_harbour_corpus_is_without_fault(tmp_path: Path) -> None:
    assert stage(tmp_path).messages == ""


def _codes_in_cases() -> set[str]:
    shown = [case.expected for case in read_cases()] + [case.expected for case in PREPARED]
    return {code for text in [*shown, MISSING_CORPUS, UNKNOWN_EDITION] for code in CODE.findall(text)}


def _codes_in_source() -> Iterator[str]:
    package = Path(generator.__file__).parent
    for path in sorted(path for room in ROOMS for path in (package / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _function_name(node) in ("error", "warning", "info", "report"):
                yield from _codes_of(node.args[1]) if len(node.args) > 1 else ()


def _function_name(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _codes_of(argument: ast.expr) -> Iterator[str]:
    """Yield the codes that the argument may be; none for a value that was given a code elsewhere."""
    if isinstance(argument, ast.Constant) and re.fullmatch(r"[a-z0-9-]+", str(argument.value)):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from _codes_of(argument.body)
        yield from _codes_of(argument.orelse)
    elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        yield from PARTS[str(argument.values[0].value)]


PLACE = Place(path="corpus/a.md", line=3, column=5)


def test_a_finding_without_why_and_help_is_one_line() -> None:
    assert format_diagnostic(info(PLACE, "some-code", "what")) == "corpus/a.md:3:5: info[some-code] what"


def test_corpus_text_in_a_message_cannot_drive_a_terminal() -> None:
    found = error(PLACE, "some-code", "red \x1b[31m\nnext \u202eback \ud800", why="\t", help="\x00")
    assert format_diagnostic(found).split("\n") == [
        "corpus/a.md:3:5: error[some-code] red \\u001b[31m\\u000anext \\u202eback \\ud800",
        "  why:  \\u0009",
        "  help: \\u0000",
    ]


def test_findings_are_sorted_by_place_then_severity_and_kept_once_each() -> None:
    second = warning(Place(path="a", line=2), "b", "x")
    tenth = error(Place(path="a", line=10), "a", "x")
    other = error(Place(path="b"), "a", "x")
    grave = error(Place(path="a", line=2), "c", "x")
    assert sort_diagnostics([other, tenth, second, grave, second]) == (grave, second, tenth, other)


def test_warnings_stop_the_build_only_when_strict() -> None:
    found = [warning(PLACE, "a", "x"), info(PLACE, "a", "x")]
    assert not stops_build(found)
    assert stops_build(found, is_strict=True)
    assert not stops_build(found[1:], is_strict=True)
    assert stops_build([error(PLACE, "a", "x")])
