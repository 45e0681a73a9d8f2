"""What an edition holds and withholds, and that nothing of the latter is in any file of its site."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import build_dossier, check_dossier
from generator.built import EditionChoice
from generator.cli import main
from generator.diagnostics import format_diagnostic
from generator.edition import find_withheld
from generator.layout import Layout, edition_layout, find_layout
from generator.model.withheld import Withheld
from generator.resources import TEMPLATES
from generator.verify import scan_file, scan_site
from tests.corpora import HARBOUR, PUBLIC, Staged, stage, write_corpus

INTERNAL = EditionChoice(name="internal", day="2026-01-01")
LETTER = """\
---
title: A letter nobody was to see
date: 1964-05
kind: letter
authors: [tom-reed]
rights: {publish: full}
issues: [harbour-dues]
%s---
The clerk complains of the dues.[@letter-1964#high]
"""
WITH_LETTER: Mapping[str, str] = {
    "documents/letter-1964.md": LETTER % "embargo_until: 2027-03-01\n",
    "texts/letter-1964.md": "Sir, the dues are far too high for the fishermen of the eastern quay, and they know it.\n",
    "annotations/letter-1964.yml": "- {id: high, quote: far too high, speaker: tom-reed, note: He was alone.}\n",
    "actors/tom-reed.md": "---\nname: Tom Reed\nkind: person\n---\nHe was a clerk.[@letter-1964#high]\n",
}
PASSAGE = "The members resolved to raise the dues by a tenth"
LONG = {
    "texts/minutes-1963.md": "The members resolved to raise the dues by a tenth, though the tide had taken half of"
    " the new stones and nobody present could say who would pay for the others.\n"
}
HIDDEN = "the tide had taken half of the new stones and nobody present could say who would pay"


def withheld_of(staged: Staged) -> Withheld:
    return find_withheld(staged.whole, staged.corpus, staged.linked)


def layout_of(folder: Path) -> Layout:
    layout, found = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None, found
    return layout


def quiet(stage: str) -> None:
    """Show nothing."""


def test_a_document_under_embargo_is_not_there_before_its_day(tmp_path: Path) -> None:
    staged = stage(tmp_path, WITH_LETTER)
    assert staged.messages == ""
    assert "letter-1964" not in staged.corpus.documents
    assert "letter-1964" not in staged.corpus.annotations
    assert "letter-1964" not in staged.corpus.transcriptions
    assert not [path for path in staged.corpus.inputs if "letter-1964" in path]


def test_who_is_named_by_a_withheld_document_alone_is_not_there_either(tmp_path: Path) -> None:
    staged = stage(tmp_path, WITH_LETTER)
    assert "tom-reed" not in staged.corpus.actors
    assert "actors/tom-reed.md" not in staged.corpus.inputs
    assert "ann-lee" in staged.corpus.actors


@pytest.mark.parametrize(
    ("day", "is_held"), [("2027-02-28", False), ("2027-03-01", True), ("2031-01-01", True)]
)
def test_an_embargo_ends_on_its_day(tmp_path: Path, day: str, is_held: bool) -> None:
    staged = stage(tmp_path, WITH_LETTER, EditionChoice(name="public", day=day))
    assert ("letter-1964" in staged.corpus.documents) is is_held


def test_without_a_day_every_embargo_holds(tmp_path: Path) -> None:
    assert "letter-1964" not in stage(tmp_path, WITH_LETTER, EditionChoice()).corpus.documents


def test_an_internal_document_is_never_public(tmp_path: Path) -> None:
    files = {**WITH_LETTER, "documents/letter-1964.md": LETTER % "internal: true\n"}
    assert "letter-1964" not in stage(tmp_path, files).corpus.documents
    internal = stage(tmp_path, files, INTERNAL)
    assert internal.messages == ""
    assert "letter-1964" in internal.corpus.documents


def test_the_internal_edition_holds_every_text_in_full(tmp_path: Path) -> None:
    staged = stage(tmp_path, WITH_LETTER, INTERNAL)
    assert staged.messages == ""
    assert {entry.record.rights.publish for entry in staged.corpus.documents.values()} == {"full"}
    assert staged.linked.quotations["minutes-1963", "dues"].state == "verified"
    assert withheld_of(staged).texts == ()


def test_a_corpus_of_which_nothing_is_withheld_is_the_same_in_every_edition(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    assert not staged.corpus.is_narrowed
    assert staged.corpus.actors == staged.whole.actors


def test_internal_notes_profiles_and_words_are_taken_out(tmp_path: Path) -> None:
    files = {
        "annotations/minutes-1963.yml": HARBOUR["annotations/minutes-1963.yml"]
        + "- {id: aside, quote: by a tenth, note: They had feared a fifth., internal: true}\n",
        "actors/jo-smith.md": "---\nname: Jo Smith\nkind: person\ninternal: true\nidentifiers: {viaf: '1'}\n---\n"
        "A drunkard, people said.[@gazette-1961]\n",
        "issues/harbour-wall.md": HARBOUR["issues/harbour-wall.md"]
        + "%%Ask the\nclerk again.%% It was mended.\n",
    }
    staged = stage(tmp_path, files)
    assert [one.id for one in staged.corpus.annotations["minutes-1963"].record] == ["dues"]
    assert staged.corpus.actors["jo-smith"].body == ""
    assert staged.corpus.actors["jo-smith"].record.identifiers == {}
    overview = staged.linked.text("harbour-wall", "overview")
    assert overview is not None
    assert [leaf.text for leaf in overview.leaves] == ["It leaked. It was mended."]
    assert staged.corpus.inputs["annotations/minutes-1963.yml"] is None
    assert staged.corpus.inputs["issues/harbour-dues.md"] is not None
    kinds = [(text.kind, text.words) for text in withheld_of(staged).texts if text.kind == "note"]
    assert kinds == [
        ("note", "They had feared a fifth."),
        ("note", "A drunkard, people said.[@gazette-1961]\n"),
        ("note", "Ask the\nclerk again."),
    ]
    internal = stage(tmp_path, files, INTERNAL)
    overview = internal.linked.text("harbour-wall", "overview")
    assert overview is not None
    assert [leaf.text for leaf in overview.leaves] == ["It leaked. Ask the clerk again. It was mended."]


def test_places_of_the_other_annotations_stay_right(tmp_path: Path) -> None:
    files = {
        "annotations/minutes-1963.yml": "- {id: aside, quote: by a tenth, internal: true}\n"
        "- id: dues\n  quote: raise the dues\n  speaker: [nobody-known]\n  issues: [harbour-dues]\n"
    }
    assert "corpus/annotations/minutes-1963.yml:4:13: error[unknown-actor]" in stage(tmp_path, files).messages


def test_redacted_words_are_replaced_wherever_they_stand(tmp_path: Path) -> None:
    record = HARBOUR["documents/memo-1962.md"].replace(
        "issues: [harbour-wall]\n",
        "issues: [harbour-wall]\nredactions:\n  - {quote: Jo Smith, reason: private name, every: true}\n"
        "repairs:\n  - {rule: spaces, before: Jo  Smith wrote, after: Jo Smith wrote}\n",
    )
    files = {"documents/memo-1962.md": record}
    staged = stage(tmp_path, files)
    assert staged.messages == ""
    text = staged.linked.text("memo-1962", "transcription")
    assert text is not None
    words = " ".join(leaf.text for leaf in text.leaves)
    assert "Smith" not in words
    assert words.count("[redacted: private name]") == 2
    assert staged.corpus.documents["memo-1962"].record.repairs[0].after == ""
    internal = stage(tmp_path, files, INTERNAL).linked.text("memo-1962", "transcription")
    assert internal is not None
    assert "Jo Smith wrote" in " ".join(leaf.text for leaf in internal.leaves)


def test_permalinks_say_nothing_of_redacted_words(tmp_path: Path) -> None:
    """The hash of a passage with and without a guessed name would tell whether the guess is right."""
    redacted = {
        "documents/memo-1962.md": HARBOUR["documents/memo-1962.md"].replace(
            "issues: [harbour-wall]\n",
            "issues: [harbour-wall]\nredactions: [{quote: Jo Smith, reason: name, every: true}]\n",
        )
    }
    one = stage(tmp_path / "one", redacted).linked.text("memo-1962", "transcription")
    text = HARBOUR["texts/memo-1962.md"].replace("Jo Smith", "Al Jones")
    other_files = {
        "texts/memo-1962.md": text,
        "documents/memo-1962.md": redacted["documents/memo-1962.md"].replace("Jo Smith", "Al Jones"),
    }
    other = stage(tmp_path / "other", other_files).linked.text("memo-1962", "transcription")
    assert one is not None
    assert other is not None
    assert [p.permalink for p in one.passages] == [p.permalink for p in other.passages]


def test_an_edition_of_ones_own_stands_in_the_settings(tmp_path: Path) -> None:
    files = {
        **WITH_LETTER,
        "dossier.md": "---\ntitle: H\neditions:\n  press: {embargoed: true}\n---\n[[memo-1962]]\n",
    }
    staged = stage(tmp_path, files, EditionChoice(name="press", day="2026-01-01"))
    assert "letter-1964" in staged.corpus.documents
    assert staged.corpus.documents["minutes-1963"].record.rights.publish == "excerpts"


def test_an_unknown_edition_is_an_error_with_the_known_ones(tmp_path: Path) -> None:
    write_corpus(tmp_path, WITH_LETTER)
    checked = check_dossier(layout_of(tmp_path), quiet, edition=EditionChoice(name="pubic", day=""))
    assert checked.corpus is None
    messages = "\n".join(format_diagnostic(found) for found in checked.diagnostics)
    assert "error[unknown-edition] there is no edition `pubic`" in messages
    assert "did you mean `public`?" in messages


# --- The leak scan


def png(keyword: bytes, chunk: bytes) -> bytes:
    data = keyword + chunk
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(data) - 4)
        + data
        + struct.pack(">I", zlib.crc32(data))
        + struct.pack(">I", 0)
        + b"IEND"
        + struct.pack(">I", zlib.crc32(b"IEND"))
    )


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def split_by_tags(words: str) -> str:
    return "".join(f"<b>{word[:1]}</b>{word[1:]} " for word in words.split())


SEEDED: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "page": ("documents/x.html", lambda w: f"<p>So: {w}.</p>".encode()),
    "page, in capitals and other spaces": (
        "x.html",
        lambda w: f"<p>{w.upper().replace(' ', '&nbsp; ')}</p>".encode(),
    ),
    "page, with tags inside of words": ("x.html", lambda w: split_by_tags(w).encode()),
    "page, with soft hyphens": ("x.html", lambda w: "\u00ad".join(w).encode()),
    "page, in an attribute": ("x.html", lambda w: f'<p title="{w}">x</p>'.encode()),
    "page, in a comment": ("x.html", lambda w: f"<p>x</p><!-- {w} -->".encode()),
    "page, in a script": ("x.html", lambda w: f"<script>a={json.dumps(w)}</script>".encode()),
    "page, in an address": (
        "x.html",
        lambda w: f'<a href="y.html#:~:text={w.replace(" ", "%20")}">y</a>'.encode(),
    ),
    "preview, as markup in JSON": (
        "dossier/previews.js",
        lambda w: f"window.x={json.dumps(split_by_tags(w).replace('<', '&lt;'))};".encode(),
    ),
    "JSON, escaped": ("x.json", lambda w: "".join(f"\\u{ord(c):04x}" for c in w).encode()),
    "feed": ("corrections.xml", lambda w: f"<feed><summary>{w}</summary></feed>".encode()),
    "style": ("x.css", lambda w: f'a::before {{ content: "{w}" }}'.encode()),
    "search index": ("pagefind/fragment/en_1.pf_fragment", lambda w: gzip.compress(w.encode())),
    "search index as a script": (
        "pagefind/scripts/en_1.pf_fragment.js",
        lambda w: b'dossier.storeSearchFile("a","' + base64.b64encode(gzip.compress(w.encode())) + b'");',
    ),
    "image, tEXt": ("a.png", lambda w: png(b"tEXt", b"Comment\0" + w.encode())),
    "image, zTXt": ("a.png", lambda w: png(b"zTXt", b"Comment\0\0" + zlib.compress(w.encode()))),
    "image, iTXt": ("a.png", lambda w: png(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(w.encode()))),
    "image, Exif in UTF-16": ("a.jpg", lambda w: b"\xff\xd8\xff\xe1\0\0Exif\0\0" + w.encode("utf-16-le")),
    "image, XMP": ("a.jpg", lambda w: b"\xff\xd8\xff\xe1\0\0<x:xmpmeta>" + w.encode() + b"\xff\xd9"),
    "vector image": ("a.svg", lambda w: f"<svg><title>{w}</title></svg>".encode()),
    "zip": ("a.zip", lambda w: zipped("x.html", f"<p>{w}</p>".encode())),
    "zip in a zip": ("a.zip", lambda w: zipped("b.zip", zipped("x.txt", w.encode()))),
    "zip, name of a member": ("a.zip", lambda w: zipped(w + ".txt", b"x")),
    "gzip": ("sitemap.xml.gz", lambda w: gzip.compress(w.encode())),
    "text in UTF-16": ("x.txt", lambda w: w.encode("utf-16")),
    "name of a file": ("IT", lambda w: b"x"),
}


@pytest.mark.parametrize("kind", SEEDED)
def test_a_seeded_leak_is_found_in_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    withheld = withheld_of(stage(tmp_path, LONG))
    name, make = SEEDED[kind]
    site = tmp_path / "site"
    path = site / (f"{HIDDEN}.html" if name == "IT" else name)
    path.parent.mkdir(parents=True)
    path.write_bytes(make("resolved to"))
    if name != "IT":
        assert scan_site(site, withheld) == ()
    path.write_bytes(make(HIDDEN))
    found = scan_site(site, withheld)
    assert {one.code for one in found} == {"leak"}
    assert found[0].place.path.startswith(f"site/{path.name if name == 'IT' else name}")
    assert "a passage of `minutes-1963`" in found[0].what


def test_the_exact_text_of_a_leak(tmp_path: Path) -> None:
    withheld = withheld_of(stage(tmp_path, LONG))
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").write_text("<p>Half of the new stones and nobody present could tell.</p>")
    (found,) = scan_site(tmp_path / "site", withheld)
    assert format_diagnostic(found) == (
        "site/a.html:1:1: error[leak] the file holds a passage of `minutes-1963`:"
        " “half of the new stones and nobody present”\n"
        "  why:  this edition withholds it (corpus/texts/minutes-1963.md); the site was not put in place\n"
        "  help: quote the words, mark or redact them where else they stand, or take them out of docs/ and the"
        " templates"
    )


def test_seven_words_are_no_leak_and_eight_are(tmp_path: Path) -> None:
    withheld = withheld_of(stage(tmp_path, LONG))
    site = tmp_path / "site"
    site.mkdir()
    words = HIDDEN.split()
    (site / "a.html").write_text("They said that " + " ".join(words[:7]) + ".")
    assert scan_site(site, withheld) == ()
    (site / "a.html").write_text("They said that " + " ".join(words[:8]) + ".")
    assert len(scan_site(site, withheld)) == 1


def test_a_published_quotation_is_no_leak_even_beside_a_word_of_its_context(tmp_path: Path) -> None:
    long_quote = {
        **LONG,
        "annotations/minutes-1963.yml": f"- {{id: dues, quote: {HIDDEN}, issues: [harbour-dues]}}\n",
        "documents/minutes-1963.md": HARBOUR["documents/minutes-1963.md"].replace(
            "raises the harbour dues", "speaks of harbour dues"
        ),
    }
    withheld = withheld_of(stage(tmp_path, long_quote))
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.html").write_text(f"<p>Though “{HIDDEN} for”</p>")
    assert scan_site(site, withheld) == ()
    (site / "a.html").write_text("<p>The members resolved to raise the dues by a tenth, though</p>")
    assert len(scan_site(site, withheld)) == 1


def test_short_internal_notes_and_redacted_words_are_found_whole(tmp_path: Path) -> None:
    files = {
        "annotations/minutes-1963.yml": HARBOUR["annotations/minutes-1963.yml"]
        + "- {id: aside, quote: by a tenth, note: They feared more., internal: true}\n",
        "documents/memo-1962.md": HARBOUR["documents/memo-1962.md"].replace(
            "issues: [harbour-wall]\n",
            "issues: [harbour-wall]\nredactions: [{quote: scarce, reason: a, every: true}, {quote: is dear, reason: b},"
            " {quote: my, reason: c, common: true}]\n",
        ),
    }
    withheld = withheld_of(stage(tmp_path, files))
    site = tmp_path / "site"
    site.mkdir()
    for words, is_leak in {
        "It is feared. They feared more than that.": True,
        "They feared. More of it.": True,
        "They feared nothing.": False,
        "Labour was SCARCE.": True,
        "Stone is dear": True,
        "dear is stone": False,
        # A common word: only with the words around it.
        "my house": False,
        "what the wall would cost in my view the wall": True,
    }.items():
        (site / "a.html").write_text(f"<p>{words}</p>")
        assert bool(scan_site(site, withheld)) is is_leak, words


def test_titles_and_slugs_of_withheld_documents_are_leaks(tmp_path: Path) -> None:
    withheld = withheld_of(stage(tmp_path, WITH_LETTER))
    site = tmp_path / "site"
    site.mkdir()
    for content, is_leak in {
        '<a href="documents/letter-1964.html">x</a>': True,
        '{"slug": "letter-1964"}': True,
        "A Letter Nobody Was to See": True,
        "letter-1964b and my-letter-1964": False,
        "A letter that nobody was to see": False,
    }.items():
        (site / "a.html").write_text(content)
        assert bool(scan_site(site, withheld)) is is_leak, content


def test_words_that_scripts_of_the_theme_have_are_no_leak_in_them(tmp_path: Path) -> None:
    record = HARBOUR["documents/memo-1962.md"].replace(
        "issues: [harbour-wall]\n",
        "issues: [harbour-wall]\nredactions: [{quote: scarce, reason: a}]\n",
    )
    withheld = withheld_of(stage(tmp_path, {"documents/memo-1962.md": record}))
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.js").write_text("var scarce = 1;")
    assert scan_site(site, withheld) == ()


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    withheld = withheld_of(stage(tmp_path, LONG))
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.gz").write_bytes(gzip.compress(b"x" * 100)[:-9])
    (site / "b.zip").write_bytes(zipped("a", b"x" * 100)[:60])
    found = scan_site(site, withheld)
    assert [(one.code, one.place.path) for one in found] == [
        ("unscanned-file", "site/a.gz"),
        ("unscanned-file", "site/b.zip"),
    ]


def test_a_packed_site_is_scanned_as_well(tmp_path: Path) -> None:
    withheld = withheld_of(stage(tmp_path, LONG))
    target = tmp_path / "papers.zip"
    target.write_bytes(zipped("files/x.html", f"<p>{HIDDEN}</p>".encode()))
    assert {one.place.path for one in scan_file(target, withheld)} == {"papers.zip!files/x.html"}


# --- Builds


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_corpus(tmp_path, {**WITH_LETTER, **LONG})
    return tmp_path


def test_the_public_site_has_no_trace_of_what_is_withheld_and_the_internal_one_has_all(papers: Path) -> None:
    layout = layout_of(papers)
    public = build_dossier(layout, quiet, edition=PUBLIC)
    assert public.is_done, [format_diagnostic(one) for one in public.diagnostics]
    internal_layout = edition_layout(layout, "internal")
    internal = build_dossier(internal_layout, quiet, edition=INTERNAL)
    assert internal.is_done, [format_diagnostic(one) for one in internal.diagnostics]
    assert internal_layout.site == papers / "site-internal"
    texts = {
        folder.name: "\n".join(
            f"{path.relative_to(folder)}\n{path.read_bytes().decode('utf-8', 'replace')}"
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        )
        for folder in (layout.site, internal_layout.site)
    }
    for words in ("letter-1964", "Tom Reed", "tom-reed", "nobody was to see", "half of the new stones"):
        assert words not in texts["site"], words
        assert words in texts["site-internal"], words
    assert "not for publication" in texts["site-internal"]
    assert "not for publication" not in texts["site"]
    # The pages that the public site is made of never held them either.
    pages = "\n".join(path.read_text() for path in sorted(layout.docs.rglob("*.md")))
    assert "Tom Reed" not in pages


def test_a_leak_stops_the_build_and_leaves_the_last_good_site(papers: Path) -> None:
    layout = layout_of(papers)
    assert build_dossier(layout, quiet, edition=PUBLIC).is_done
    before = {path: path.read_bytes() for path in sorted(layout.site.rglob("*")) if path.is_file()}
    (layout.docs / "own.md").write_text(f"# Own page\n\nWe heard that {HIDDEN}.\n")
    built = build_dossier(layout, quiet, edition=PUBLIC)
    assert not built.is_done
    leaks = [one for one in built.diagnostics if one.code == "leak"]
    assert {one.place.path.partition("!")[0].rpartition("/")[2].partition(".")[0] for one in leaks} >= {"own"}
    assert {path: path.read_bytes() for path in sorted(layout.site.rglob("*")) if path.is_file()} == before
    assert [path.name for path in papers.iterdir() if path.name.startswith(".site")] == []


def test_pages_of_ones_own_are_in_every_edition(papers: Path) -> None:
    layout = layout_of(papers)
    layout.docs.mkdir(parents=True)
    (layout.docs / "own.md").write_text("# Own page\n\nHello.\n")
    internal_layout = edition_layout(layout, "internal")
    built = build_dossier(internal_layout, quiet, edition=INTERNAL)
    assert built.is_done, [format_diagnostic(one) for one in built.diagnostics]
    assert "Hello." in (internal_layout.site / "own.html").read_text()
    assert not (layout.docs / "index.md").exists()


def test_with_the_text_at_hand_and_without_it_the_public_site_is_the_same(tmp_path: Path) -> None:
    sites = []
    for name, has_text in (("with", True), ("without", False)):
        root = write_corpus(tmp_path / name, LONG)
        layout = layout_of(tmp_path / name)
        assert CliRunner().invoke(main, ["quotes", str(tmp_path / name)]).exit_code == 0
        if not has_text:
            (root / "texts/minutes-1963.md").unlink()
        built = build_dossier(layout, quiet, edition=PUBLIC)
        assert built.is_done, [format_diagnostic(one) for one in built.diagnostics]
        sites.append(
            {
                path.relative_to(layout.site): path.read_bytes()
                for path in sorted(layout.site.rglob("*"))
                if path.is_file()
            }
        )
    assert sites[0] == sites[1]
