"""The manifest of a site, and copies checked against it: whole, damaged, and made to do harm."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.build import build_dossier
from generator.cli import main
from generator.diagnostics import format_diagnostic
from generator.finish import write_manifest
from generator.layout import Layout, find_layout
from generator.model.manifest import BuildFacts, format_manifest, manifest_of
from generator.model.records import DossierRecord
from generator.pack import pack_site
from generator.render.pages.about import CHECK_BY_HAND
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from generator.starter import write_starter
from generator.verify import copy_files, verify_copy

FACTS = BuildFacts(
    edition="public",
    commit="c0ffee",
    is_dirty=False,
    moment_s=1_700_000_000,
    versions={"dossier": "1.0", "python": "3.12"},
    inputs={"texts/a.md": None, "dossier.md": "a" * 64},
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for path in ("index.html", "documents/häfen & 1.html", ".dossier-site", "404.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    write_manifest(folder, FACTS)
    return folder


def messages(path: Path, expected: str = "") -> str:
    _, found = verify_copy(path, expected=expected)
    return "\n".join(format_diagnostic(one) for one in found)


def codes(path: Path) -> list[str]:
    checked, found = verify_copy(path)
    assert checked is not None or found
    return [one.code for one in found]


def test_manifest_is_one_sorted_spelling_of_what_the_site_holds(site: Path) -> None:
    (site / "manifest.json.minisig").write_text("signed")
    first = (site / "manifest.json").read_bytes()
    write_manifest(site, FACTS)
    assert (site / "manifest.json").read_bytes() == first
    assert json.loads(first) == {
        "format": 1,
        "edition": "public",
        "commit": "c0ffee",
        "dirty": False,
        "source_date_epoch": 1_700_000_000,
        "versions": {"dossier": "1.0", "python": "3.12"},
        "inputs": {"dossier.md": "a" * 64, "texts/a.md": None},
        "outputs": {
            name: hashlib.sha256(name.encode()).hexdigest()
            for name in (".dossier-site", "404.html", "documents/häfen & 1.html", "index.html")
        },
    }
    assert first.startswith(b'{\n  "commit": "c0ffee",\n  "dirty": false,\n')


def test_whole_copy_agrees(site: Path) -> None:
    checked, found = verify_copy(site)
    assert found == ()
    assert checked is not None
    assert (checked.edition, checked.commit, checked.files) == ("public", "c0ffee", 4)
    assert checked.manifest_sha256 == hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()


def test_missing_changed_and_extra_files_are_told(site: Path) -> None:
    (site / "404.html").rename(site / "405.html")
    (site / "index.html").write_text("changed")
    assert messages(site) == (
        "404.html:1:1: error[missing-file] the file is missing\n"
        "  help: get a whole copy\n"
        "405.html:1:1: error[extra-file] the manifest does not list this file\n"
        "  why:  `404.html` is missing: it may have been renamed\n"
        "  help: remove it from the copy\n"
        "index.html:1:1: error[changed-file] the file was changed\n"
        "  why:  its SHA-256 is d67e8f2e7cb8…, the manifest says 0ec06e90b0e9…\n"
        "  help: do not rely on it; get another copy"
    ).replace("d67e8f2e7cb8", hashlib.sha256(b"changed").hexdigest()[:12]).replace(
        "0ec06e90b0e9", hashlib.sha256(b"index.html").hexdigest()[:12]
    )


def test_a_manifest_that_is_not_the_published_one_is_told(site: Path) -> None:
    actual = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    assert messages(site, actual.upper()) == ""
    assert messages(site, "b" * 64) == (
        f"manifest.json:1:1: error[other-manifest] the manifest's SHA-256 is {actual}, not {'b' * 64}\n"
        "  why:  the copy agrees with a list that is not the one you were told of\n"
        "  help: it may be of another build; ask who published it, or get another copy"
    )


def test_copy_without_a_manifest_cannot_be_checked(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    assert messages(tmp_path) == (
        "manifest.json:1:1: error[bad-manifest] `manifest.json` is not in this copy\n"
        "  why:  without the list of its files a copy cannot be checked\n"
        "  help: name the folder or zip of a site that `dossier build` or `dossier pack` made"
    )
    (tmp_path / "a.zip").write_bytes(b"PK no zip")
    assert "`a.zip` is no zip that can be read" in messages(tmp_path / "a.zip")
    os.mkfifo(tmp_path / "pipe")
    assert "`pipe` is neither a folder nor a plain file" in messages(tmp_path / "pipe")


def with_outputs(outputs: object, **more: object) -> bytes:
    manifest: dict[str, Any] = {**manifest_of(FACTS, {}), "outputs": outputs, **more}
    return format_manifest(manifest)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[]\n", "holds no mapping"),
        (with_outputs({"index.html": "a" * 64}, format=2), "is not of format 1, which this version"),
        (with_outputs({"index.html": "a" * 64}, edition=1), "names no edition"),
        (with_outputs({}), "lists no files"),
        (with_outputs(["index.html"]), "lists no files"),
        (with_outputs({"index.html": "A" * 64}), "has no SHA-256 for `index.html`"),
        (with_outputs({"manifest.json": "a" * 64}), "lists itself"),
        (with_outputs({"../../x": "a" * 64}), "lists `../../x`, which leads out of the copy"),
        (with_outputs({"../etc/passwd": "a" * 64}), "which leads out of the copy"),
        (with_outputs({"a/../../x": "a" * 64}), "which leads out of the copy"),
        (with_outputs({"/etc/passwd": "a" * 64}), "which is no path inside the copy"),
        (with_outputs({"C:x": "a" * 64}), "which is no path inside the copy"),
        (with_outputs({"a\\b": "a" * 64}), "which is no path inside the copy"),
        (with_outputs({"../index.html": "a" * 64}), "name the folder that holds this one"),
        (with_outputs({"a": "a" * 64}).replace(b"\n", b"\n "), "is not written as dossier writes it"),
        (
            with_outputs({"a": "a" * 64}).replace(b'{\n    "a":', b'{\n    "a": "", "a":'),
            "a key stands twice",
        ),
    ],
)
def test_odd_manifest_is_refused(site: Path, content: bytes, fault: str) -> None:
    (site / "manifest.json").write_bytes(content)
    checked, [found] = verify_copy(site)
    assert checked is None
    assert found.code == "bad-manifest"
    assert fault in found.what


def test_links_in_a_folder_are_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("index.html")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "secret")
    assert messages(site) == (
        "index.html:1:1: error[unsafe-copy] `index.html` is a link or device, no plain file\n"
        "  why:  nothing of it was read: a check must not harm who runs it\n"
        "  help: copy the file itself"
    )
    (site / "index.html").unlink()
    (site / "loop").symlink_to(site, target_is_directory=True)
    assert codes(site) == ["unsafe-copy"]


def zip_of(path: Path, members: Mapping[str, bytes], **changed: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = changed.get("compress_type", zipfile.ZIP_DEFLATED)
            member.external_attr = changed.get("external_attr", 0o100644 << 16)
            archive.writestr(member, content)
    return path


MEMBERS = {
    "index.html": b"x",
    "manifest.json": with_outputs({"index.html": hashlib.sha256(b"x").hexdigest()}),
}


def test_zip_of_a_site_agrees_at_the_top_and_in_one_folder(tmp_path: Path) -> None:
    assert codes(zip_of(tmp_path / "a.zip", MEMBERS)) == []
    inside = {f"site/{name}": content for name, content in MEMBERS.items()}
    assert codes(zip_of(tmp_path / "b.zip", inside)) == []
    assert codes(zip_of(tmp_path / "c.zip", {**inside, "site/x": b"x"})) == ["extra-file"]


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "a/../../x", "a\\b", "C:/x", "a//b", "./x", "a/./b"],
    ids=lambda name: repr(name),
)
def test_zip_with_a_member_that_leaves_is_refused(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path / "a.zip", {**MEMBERS, "zzzz": b""})
    # As a hostile program writes it: Python's own would mend the name.
    path.write_bytes(zip_of(tmp_path / "b.zip", {**MEMBERS, "z" * len(name): b""}).read_bytes().replace(
        b"z" * len(name), name.encode()
    ))  # fmt: skip
    assert codes(path) == ["unsafe-copy"]


def test_zip_with_links_ciphers_odd_packing_or_twins_is_refused(tmp_path: Path) -> None:
    assert codes(zip_of(tmp_path / "a.zip", MEMBERS, external_attr=0o120777 << 16)) == ["unsafe-copy"] * 2
    assert codes(zip_of(tmp_path / "b.zip", MEMBERS, compress_type=zipfile.ZIP_LZMA)) == ["unsafe-copy"] * 2
    # As a hostile program writes it: Python's own would warn.
    twins = zip_of(tmp_path / "c.zip", {**MEMBERS, "index.htmm": b"y"}).read_bytes()
    (tmp_path / "c.zip").write_bytes(twins.replace(b"index.htmm", b"index.html"))
    assert codes(tmp_path / "c.zip") == ["unsafe-copy"]
    encrypted = bytearray(zip_of(tmp_path / "d.zip", {"a": b"x"}).read_bytes())
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "d.zip").write_bytes(encrypted)
    assert "`a` is encrypted" in messages(tmp_path / "d.zip")


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zip_of(tmp_path / "a.zip", {**MEMBERS, "bomb": bytes(5_000_000)})
    assert bomb.stat().st_size < 10_000
    monkeypatch.setattr(copy_files, "MAX_FILE_BYTES", 1_000_000)
    assert "`bomb` has 0.0 GB; a file of a site has 2 at most" in messages(bomb)
    monkeypatch.setattr(copy_files, "MAX_FILE_BYTES", 10_000_000)
    monkeypatch.setattr(copy_files, "MAX_TOTAL_BYTES", 4_000_000)
    assert "the copy has 0.0 GB; a site has 8 at most" in messages(bomb)
    monkeypatch.setattr(copy_files, "MAX_FILES", 2)
    assert "the copy has 3 files; a site has 2 at most" in messages(bomb)


def test_manifest_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").touch()
    os.truncate(tmp_path / "manifest.json", 65 * 1024 * 1024)
    assert "`manifest.json` is larger than the list of any site" in messages(tmp_path)


def test_member_that_is_longer_than_it_says_or_torn_is_changed(tmp_path: Path) -> None:
    content = zip_of(tmp_path / "a.zip", {"index.html": b"words " * 50, **MEMBERS}).read_bytes()
    stored = io.BytesIO(content)
    with zipfile.ZipFile(stored) as archive:
        start = archive.getinfo("index.html").header_offset + 30 + len("index.html")
    torn = bytearray(content)
    torn[start] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(torn)
    assert codes(tmp_path / "a.zip") == ["changed-file"]


def test_pack_lists_what_the_zip_holds_and_is_the_same_twice(site: Path, tmp_path: Path) -> None:
    (site / "manifest.json.minisig").write_text("signed")
    strings = open_strings([TEMPLATES], "en")
    for name in ("a.zip", "b.zip"):
        pack_site(site, tmp_path / name, DossierRecord(title="Papers"), strings, epoch=1_700_000_000)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        outputs = json.loads(archive.read("Papers/files/manifest.json"))["outputs"]
        assert "Papers/files/manifest.json.minisig" not in archive.namelist()
        archive.extractall(tmp_path / "home")
    assert list(outputs) == [
        "../READ ME.txt", "../index.html", "documents/häfen & 1.html", "dossier/open.js", "index.html",
    ]  # fmt: skip
    for copy in ("a.zip", "home", "home/Papers"):
        assert codes(tmp_path / copy) == []
    assert codes(tmp_path / "home/Papers/files") == ["bad-manifest"]
    (tmp_path / "home/Papers/index.html").write_text("changed")
    (tmp_path / "home/Papers/more.html").write_text("added")
    assert codes(tmp_path / "home/Papers") == ["changed-file", "extra-file"]


def test_copy_can_be_checked_without_this_tool(site: Path) -> None:
    def check() -> subprocess.CompletedProcess[str]:
        command = ["bash", "-o", "pipefail", "-ec", CHECK_BY_HAND]
        return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)

    sha256 = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    assert check().stdout == f"{sha256}  manifest.json\n"
    (site / "documents/häfen & 1.html").write_text("changed")
    (site / "404.html").unlink()
    assert "documents/häfen & 1.html: FAILED\n" in check().stdout
    assert "404.html: FAILED open or read\n" in check().stdout


def test_verify_prints_what_the_copy_is_and_exits_by_the_result(site: Path) -> None:
    sha256 = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    before = sorted(site.rglob("*"))
    result = run("verify", str(site))
    assert result.exit_code == 0
    assert result.output == (
        f"Edition   public\nCommit    c0ffee\nFiles     4\nManifest  SHA-256 {sha256}\n"
        "The copy is whole and unchanged.\n"
    )
    assert run("verify", str(site), "--expect", sha256).exit_code == 0
    assert run("verify", str(site), "--expect", "b" * 64).exit_code == 1
    (site / "index.html").write_text("changed")
    result = run("verify", str(site))
    assert result.exit_code == 1
    assert "The copy is not what its manifest says." in result.output
    answer = json.loads(run("verify", str(site), "--json").stdout)
    assert not answer["ok"]
    assert (answer["edition"], answer["files"], answer["manifest_sha256"]) == ("public", 4, sha256)
    assert [one["code"] for one in answer["diagnostics"]] == ["changed-file"]
    assert run("verify", str(site / "nowhere")).exit_code == 2
    assert sorted(site.rglob("*")) == before


def layout_of(folder: Path) -> Layout:
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    return layout


@pytest.mark.slow
def test_build_writes_where_the_site_comes_from(tmp_path: Path) -> None:
    write_starter(tmp_path / "papers", TEMPLATES)
    papers = tmp_path / "papers"

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        command = ["git", "-C", str(papers), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def built() -> dict[str, Any]:
        assert build_dossier(layout_of(papers), lambda stage: None).is_done
        assert codes(papers / "site") == []
        return dict(json.loads((papers / "site/manifest.json").read_bytes()))

    assert (built()["commit"], built()["dirty"]) == (None, None)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "All")
    first = built()
    assert (first["commit"], first["dirty"], first["edition"]) == (git("rev-parse", "HEAD"), False, "public")
    assert set(first["versions"]) == {"dossier", "python", "mkdocs", "mkdocs-material", "pagefind"}
    record = (papers / "corpus/documents/memo-1962.md").read_bytes()
    assert first["inputs"]["documents/memo-1962.md"] == hashlib.sha256(record).hexdigest()
    assert "manifest.json" not in first["outputs"]
    (papers / "corpus/about.md").write_text("Other words.\n")
    assert built()["dirty"]
