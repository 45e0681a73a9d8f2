"""Files made to harm their reader: a clear finding, bounded time and memory, nothing executed, fetched or written.

The bounds are kept by the process that reads, not measured beside it: `SMALL` gives it 10 s and 700 MB of addresses, of
which Python and the libraries take 70 MB; a file that needed more would be told as `too-slow` or `too-much-memory`. On
two shared cores the slowest of these files takes 6 s, most less than one.
"""

from __future__ import annotations

import copy
import io
import os
import socket
import stat
import subprocess
import sys
import time
import zipfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from generator.diagnostics import format_diagnostic
from generator.importing.readers import bounded, zip_limits
from generator.importing.readers.bounded import ReadFile, read_file, read_files
from generator.importing.readers.child import _confine
from generator.importing.readers.limits import MEGABYTE, Limits
from generator.importing.readers.read import read_content
from generator.importing.readers.result import ReadResult
from tests.import_files import make_docx, make_letter, make_pdf, make_zip, with_member

# On two shared cores; read and composed, ten million characters take some ten seconds and 1.2 GB.
SMALL = Limits(time_s=120.0, memory=2500 * MEGABYTE)
DEPTH = 100_000
LONG = 10_000_000
SECRET = "the words of another file"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def codes(result: ReadFile | ReadResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.found]


def words(result: ReadFile | ReadResult) -> str:
    if isinstance(result, ReadResult):
        assert result.received is not None
        return "\n".join(line.text for line in result.received.lines)
    assert result.composed is not None
    return "\n".join(block.text for block in result.composed.blocks)


def read_within_bounds(folder: Path, name: str, content: bytes) -> ReadFile:
    """Return what a process with small limits makes of the file."""
    path = folder / name
    path.write_bytes(content)
    result = read_file(path, limits=SMALL)
    assert not {"too-slow", "too-much-memory", "reader-crashed", "reader-failed"} & set(codes(result)), (
        result.found
    )
    return result


@pytest.mark.slow
@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<b>",
        "<span>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<section><p>",
        "<font color=x>",
        "<q>",
        "<x-y>",
    ],
)
def test_page_of_a_hundred_thousand_levels_keeps_its_words(opening: str, tmp_path: Path) -> None:
    page = f"<!doctype html><html><body><p>before</p>{opening * DEPTH}deep<p>after</p></body></html>"
    result = read_within_bounds(tmp_path, "deep.html", page.encode())
    assert codes(result) == ["deep-nesting"]
    assert [word for word in ("before", "deep", "after") if word in words(result)] == [
        "before",
        "deep",
        "after",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "</div>" * DEPTH,
        "<p " * DEPTH,
        "<" * 1_000_000,
        "<!--" * DEPTH,
        "<a href='#x'>1" * DEPTH,
        "<br>" * DEPTH * 3,
        "<p>" * DEPTH * 3,
        "<em>a</em>" * DEPTH,
        "<table>" + "<tr><td colspan=999999999 rowspan=999999999>a" * 3000 + "</table>",
        f"<pre>{' ' * 3_000_000}x</pre>",
        f"<p>{'&#173;' * DEPTH}",
        f"<p {' '.join(f'a{n}=1' for n in range(20_000))}>x",
        "".join(f'<sup><a href="#n{n}">{n % 1000}</a></sup>' for n in range(20_000))
        + "".join(f"<p id=n{n}>x</p>" for n in range(20_000)),
    ],
    ids=range(13),
)
def test_page_made_to_be_slow_is_read_within_bounds(body: str, tmp_path: Path) -> None:
    read_within_bounds(tmp_path, "slow.html", f"<!doctype html><html><body><p>words{body}".encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"wall " * (LONG // 5)),
        ("a.txt", b"x" * LONG),
        ("a.txt", "\ufeff".encode("utf-16-le") + ("wall " * (LONG // 5)).encode("utf-16-le")),
        ("a.txt", b"wall\0 " * (LONG // 6)),
        ("a.txt", b"caf\xe9 " * (LONG // 5)),
        ("a.txt", "Köln\n".encode() * 100_000 + b"K\xf6ln\n" * 100_000),
        ("a.html", b"<!doctype html><p>" + b"wall " * (LONG // 5)),
        ("a.html", b"<!doctype html><p title='" + b"x" * LONG + b"'>wall"),
    ],
    ids=["words", "letters", "utf-16", "nul", "latin", "mixed", "html", "attribute"],
)
def test_ten_million_characters_are_read_within_bounds(name: str, content: bytes, tmp_path: Path) -> None:
    assert read_within_bounds(tmp_path, name, content).composed is not None


def test_file_of_500_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(500 * MEGABYTE)
    begin = time.perf_counter()
    result = read_file(path)
    assert time.perf_counter() - begin < 1
    assert [format_diagnostic(found).splitlines()[0] for found in result.found] == [
        f"{path.as_posix()}:1:1: error[file-too-large] 500 MB; a file to import may have 200 MB"
    ]


def test_file_larger_than_its_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert codes(read_file(path, limits=Limits(size=10))) == ["file-too-large"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_pipe_folder_and_missing_file_are_findings(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    results = read_files([tmp_path / "pipe", tmp_path, tmp_path / "none"], jobs=2)
    assert [codes(result) for result in results] == [["unreadable-file"]] * 3


def test_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    # The process has not begun after a hundredth of a second.
    assert codes(read_file(path, limits=Limits(time_s=0.01))) == ["too-slow"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the addresses of a process")
def test_file_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x\n" * 8_000_000)
    assert codes(read_file(path, limits=Limits(memory=400 * MEGABYTE))) == ["too-much-memory"]


def test_answer_larger_than_its_limit_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words " * 1000)
    assert codes(read_file(path, limits=Limits(answer=1000))) == ["too-much-memory"]


def _die(connection: Connection, limits: Limits) -> None:
    connection.recv()
    os._exit(limits.size and 3)


def test_crash_of_a_reader_is_a_finding_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    monkeypatch.setattr(bounded, "serve", _die)
    results = read_files([path, path], jobs=1)
    assert [codes(result) for result in results] == [["reader-crashed"]] * 2
    assert "exit code 3" in results[0].found[0].what


def test_files_come_back_in_their_order_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    contents = {
        "1.txt": b"one",
        "2.pdf": b"%PDF-1.4 broken",
        "3.txt": b"",
        "4.html": b"<p>four</p>",
        "5.txt": b"five",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    done: list[str] = []
    results = read_files(
        [tmp_path / name for name in contents], jobs=2, on_done=lambda result: done.append(result.name)
    )
    assert [codes(result) for result in results] == [[], ["damaged-file"], ["empty-file"], [], []]
    assert sorted(done) == [result.name for result in results]


def test_no_file_is_no_work() -> None:
    assert read_files([], jobs=4) == ()


def _misbehave(connection: Connection, folder: Path) -> None:
    """Try what a reader may not do, and tell what was stopped."""
    _confine(SMALL.memory)
    stopped = []
    for name, attempt in {
        "write": lambda: (folder / "x").write_text("x"),
        "os.open": lambda: os.open(folder / "y", os.O_WRONLY | os.O_CREAT),
        "mkdir": lambda: (folder / "z").mkdir(),
        "remove": lambda: (folder / "kept").unlink(),
        "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
        "look up": lambda: socket.getaddrinfo("example.org", 80),
        "run": lambda: subprocess.run(["true"], check=False),
        "system": lambda: os.system("true"),  # noqa: S605 - it must not run
    }.items():
        try:
            attempt()  # type: ignore[no-untyped-call]
        except PermissionError:
            stopped.append(name)
    connection.send(stopped)


def test_process_that_reads_can_neither_write_nor_run_nor_connect(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_misbehave, args=(theirs, tmp_path))
    process.start()
    assert ours.recv() == ["write", "os.open", "mkdir", "remove", "connect", "look up", "run", "system"]
    process.join()
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    "name",
    ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt", "C:x.txt", "\\\\host\\x.txt"],
)
def test_member_that_leaves_the_folder_is_refused_and_the_others_read(name: str) -> None:
    result = read_content("a.zip", make_zip({name: b"bad", "good.txt": b"good"}))
    assert codes(result) == ["path-leaves-folder"]
    assert [member.name for member in result.members] == ["good.txt"]


def archive_with(change: str, *, content: bytes = b"bad") -> bytes:
    """Return a ZIP of two members, the first of them odd."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        member = zipfile.ZipInfo("bad.txt")
        if change == "link":
            member.external_attr = (stat.S_IFLNK | 0o777) << 16
        if change == "device":
            member.external_attr = (stat.S_IFBLK | 0o777) << 16
        archive.writestr(member, content, compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("good.txt"), b"good")
        if change == "password":
            archive.filelist[0].flag_bits |= 1
        if change == "size":
            archive.filelist[0].file_size = 1
        if change == "over":
            twin = copy.copy(archive.filelist[0])
            twin.filename = twin.orig_filename = "twin.txt"
            archive.filelist.append(twin)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive_with("link", content=b"/etc/passwd"), "link-in-archive"),
        (archive_with("device"), "unsupported-format"),
        (archive_with("password"), "encrypted-file"),
        (archive_with("size"), "damaged-file"),
        (archive_with("", content=make_zip({"inner.txt": b"x"})), "nested-archive"),
        (archive_with("", content=b"\x1f\x8b\x08\x00"), "nested-archive"),
        (archive_with("", content=bytes(20 * MEGABYTE)), "archive-bomb"),
    ],
    ids=["link", "device", "password", "size", "zip", "gzip", "bomb"],
)
def test_odd_member_is_refused_and_the_others_read(content: bytes, code: str) -> None:
    result = read_content("a.zip", content)
    assert codes(result) == [code]
    assert [member.name for member in result.members] == ["good.txt"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive_with("over"), "lie over each other"),
        (make_zip({f"{n}.txt": b"" for n in range(zip_limits.MAX_MEMBERS + 1)}), "holds 5,001 members"),
        (make_zip({f"{n}.txt": bytes(MEGABYTE) for n in range(301)}), "unpacks to 301 MB"),
    ],
    ids=["overlapping", "many", "large"],
)
def test_archive_made_to_fill_the_memory_is_refused_before_it_is_unpacked(content: bytes, said: str) -> None:
    result = read_content("a.zip", content)
    assert codes(result) == ["archive-bomb"]
    assert said in result.found[0].what
    assert result.members == ()


def test_letters_in_letters_are_opened_to_a_bounded_depth(tmp_path: Path) -> None:
    letter = b"MIME-Version: 1.0\nFrom: a@example.org\nSubject: x\n\ninnermost\n"
    for depth in range(8):
        letter = (
            (
                b"MIME-Version: 1.0\nFrom: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
                b"--b\nContent-Type: text/plain\n\nwords\n--b\nContent-Type: application/octet-stream; name=in.eml\n"
                b"Content-Disposition: attachment; filename=in.eml\n\n" + letter + b"\n--b--\n"
            )
            .replace(b"=b\n", b"=b%d\n" % depth)
            .replace(b"\n--b\n", b"\n--b%d\n" % depth)
            .replace(b"--b--", b"--b%d--" % depth)
        )
    result = read_within_bounds(tmp_path, "a.eml", letter)
    depth = 0
    while result.parts:
        result = result.parts[0]
        depth += 1
    assert depth == 3
    assert codes(result) == ["nested-archive"]


@pytest.mark.parametrize(
    "content",
    [
        b"MIME-Version: 1.0\nFrom: a@example.org\nSubject: " + b"=?utf-8?q?x?= " * 100_000 + b"\n\nwords\n",
        b"MIME-Version: 1.0\nFrom: " + b"a," * 200_000 + b"\nSubject: x\n\nwords\n",
        b"MIME-Version: 1.0\nFrom: a@example.org\nSubject: x\n\n" + b">" * 1_000_000 + b"words\n",
        b"MIME-Version: 1.0\nFrom: a@example.org\nSubject: x\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
        + b"\nwords\n",
    ],
    ids=["subject", "from", "quotes", "nested"],
)
def test_letter_made_to_be_slow_ends_within_bounds(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(content)
    begin = time.perf_counter()
    read_file(path, limits=SMALL)
    assert time.perf_counter() - begin < SMALL.time_s + 5


def entity(target: Path) -> str:
    return f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{target.as_uri()}">]>'


def test_page_cannot_take_in_another_file(tmp_path: Path) -> None:
    target = tmp_path / "secret.txt"
    target.write_text(SECRET)
    page = (
        f'<?xml version="1.0"?>{entity(target)}<html><body><p>words &secret;</p>'
        f'<object data="{target.as_uri()}"></object>'
        f'<iframe src="{target.as_uri()}"></iframe><link rel="stylesheet" href="{target.as_uri()}"></body></html>'
    )
    assert SECRET not in words(read_within_bounds(tmp_path, "a.html", page.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"]
)
def test_word_file_with_a_document_type_is_refused(part: str, encoding: str, tmp_path: Path) -> None:
    target = tmp_path / "secret.txt"
    target.write_text(SECRET)
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{entity(target)}<x>&secret;</x>'.encode(encoding)
    assert codes(read_within_bounds(tmp_path, "a.docx", with_member(make_letter(), part, lambda _: xml))) == [
        "document-type"
    ]


def test_word_file_with_entities_of_entities_is_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'
    content = with_member(make_letter(), "word/document.xml", lambda _: xml.encode())
    assert codes(read_within_bounds(tmp_path, "a.docx", content)) == ["document-type"]


def test_word_file_that_nests_too_deep_or_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    deep = f'<w:document xmlns:w="{W}"><w:body>{"<w:p>" * 20_000}{"</w:p>" * 20_000}</w:body></w:document>'.encode()
    content = with_member(make_letter(), "word/document.xml", lambda _: deep)
    assert codes(read_within_bounds(tmp_path, "deep.docx", content)) == ["deep-nesting"]
    large = with_member(make_letter(), "word/document.xml", lambda part: part + b" " * 50 * MEGABYTE)
    assert codes(read_within_bounds(tmp_path, "large.docx", large)) == ["archive-bomb"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_damaged_word_file_says_so(part: str) -> None:
    content = with_member(make_letter(), part, lambda xml: xml[: len(xml) // 2])
    assert codes(read_content("a.docx", content)) == ["damaged-file"]


def scripted_pdf() -> bytes:
    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, invariant=1)
    drawing.drawString(72, 700, "words")
    drawing.linkURL("javascript:alert(1)", (72, 690, 200, 710))
    drawing.showPage()
    drawing.save()
    return stream.getvalue()


def scripted_docx() -> bytes:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    link = (
        f'<w:p xmlns:w="{W}"><w:fldSimple w:instr="HYPERLINK &quot;javascript:alert(1)&quot;"/>{field.format("begin")}'
        f'<w:r><w:instrText> HYPERLINK "javascript:alert(1)" </w:instrText></w:r>{field.format("separate")}'
        f"<w:r><w:t>words</w:t></w:r>{field.format('end')}</w:p>"
    )
    plain = make_docx(lambda document: document.add_paragraph("first"))
    return with_member(
        plain, "word/document.xml", lambda part: part.replace(b"<w:sectPr", link.encode() + b"<w:sectPr", 1)
    )


SCRIPTED = (
    b"<!doctype html><html><body onload=alert(1)><p onclick='alert(1)'>words</p><script>alert(1)</script>"
    b"<img src=x onerror=alert(1) alt=picture><a href=' JaVaScRiPt:alert(1)'>link</a><svg onload=alert(1)>"
    b"<script>alert(1)</script></svg><style>@import 'javascript:alert(1)'</style>"
    b"<math href='javascript:alert(1)'>m</math>"
    b"<template><script>alert(1)</script></template><noscript>alert(1)</noscript>"
    b"<iframe srcdoc='<script>alert(1)</script>'></iframe>"
    b"<a href='https://example.org/&quot; onmouseover=alert(1) '>x</a></body></html>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", SCRIPTED),
        ("a.eml", b"MIME-Version: 1.0\nFrom: a@example.org\nContent-Type: text/html\n\n" + SCRIPTED),
        ("a.pdf", scripted_pdf()),
        ("a.docx", scripted_docx()),
    ],
)
def test_scripts_of_every_format_are_left_behind(name: str, content: bytes) -> None:
    text = words(read_content(name, content))
    assert "words" in text
    for sign in ("alert(1)", "javascript", "onerror", "onload", "<script", "<img"):
        assert sign not in text.casefold()


@pytest.mark.parametrize(
    ("library", "name", "content"),
    [("pdfplumber", "a.pdf", make_pdf("words")), ("mammoth", "a.docx", make_letter())],
)
def test_missing_library_says_what_to_install(
    library: str, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert [format_diagnostic(found) for found in read_content(name, content).found] == [
        f"{name}:1:1: error[missing-extra] reading this format needs {library}, which is not installed\n"
        "  why:  it is left out of a plain installation, which reads text and HTML\n"
        "  help: pip install 'dossier-generator[import]'"
    ]
