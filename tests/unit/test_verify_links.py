"""Links of the built site: which are dead, and what is loaded from outside."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.diagnostics import format_diagnostic
from generator.disk import list_files
from generator.verify import LinkSummary, check_links
from generator.verify.outside import find_outside_requests

MEND = "mend the link where it is written: in the corpus, in docs/ or in a template"


def page(body: str, head: str = "") -> str:
    """Return an HTML page; its body stands on line 2."""
    head = f'<meta charset="utf-8"><title>T</title>{head}'
    return f'<!doctype html><html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'


def write_site(folder: Path, **pages: str) -> Path:
    """Write pages by name (`a__b` for `a/b.html`) with these bodies, and an index; return the site's folder."""
    for name, body in {"index": "", **pages}.items():
        path = folder / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(body), encoding="utf-8")
    return folder


def anchors(links: list[str]) -> str:
    """Return an element `a` for each link."""
    return "".join(f'<a href="{link}">x</a>' for link in links)


def check(site: Path) -> list[str]:
    """Return the findings on a site as text."""
    return [format_diagnostic(each) for each in check_links(site)[1]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return where a site may be written."""
    return tmp_path / "site"


def test_a_sound_site_has_no_findings_and_every_page_is_visited(site: Path) -> None:
    write_site(
        site, a='<p id="x"><a href="index.html">up</a>', sub__b='<a href="../a.html#x">a</a>', orphan=""
    )
    assert check_links(site) == (LinkSummary(pages=4, links=2), ())


def test_a_link_to_a_missing_file_is_dead(site: Path) -> None:
    write_site(site, sub__a='<p>See <a href="gone.html">the <b>memo</b></a>.')
    assert check(site) == [
        "site/sub/a.html:2:14: error[dead-link] the link `gone.html` (“the memo”) is dead\n"
        "  why:  the site has no file `sub/gone.html`\n"
        f"  help: {MEND}"
    ]


def test_a_dead_link_is_reported_on_every_page_that_has_it(site: Path) -> None:
    write_site(site, a='<a href="gone.html">1</a>', b='<a href="gone.html">1</a><a href="gone.html#x">2</a>')
    assert [each.split(": ")[0] for each in check(site)] == [
        "site/a.html:2:7",
        "site/b.html:2:7",
        "site/b.html:2:32",
    ]


def test_a_link_to_a_missing_anchor_is_dead_and_the_nearest_is_suggested(site: Path) -> None:
    write_site(site, a='<a href="b.html#passage-11">p</a>', b='<p id="passage-1"><p id="other">')
    assert check(site) == [
        "site/a.html:2:7: error[dead-anchor] the link `b.html#passage-11` (“p”) has no place to go in b.html\n"
        "  why:  no element there has the id `passage-11`\n"
        "  help: did you mean `passage-1`?"
    ]


def test_an_anchor_without_a_near_one_gets_general_help(site: Path) -> None:
    write_site(site, a='<a href="#gone">p</a>')
    assert check(site)[0].endswith("  help: link to an id that the page has, or to the page")


def test_an_anchor_is_found_however_the_link_spells_it(site: Path) -> None:
    names = ["中", "Luján", "fn:1", "a.b", "50%", "%25", "a b", "¶4", "a&b", "A"]
    links = [f"b.html#{quote(name, safe=safe)}" for name in names for safe in ("", "!$&'()*+,;=:@/?")]
    ids = "".join(f'<p id="{escape(name)}">' for name in names)
    write_site(site, a=anchors([escape(link) for link in links]), b=ids)
    assert check(site) == []


def test_an_anchor_written_without_percent_signs_is_found(site: Path) -> None:
    write_site(
        site, b='<p id="中"><a name="Luján"></a>', a='<a href="b.html#中">x</a><a href="b.html#Luján">y</a>'
    )
    assert check(site) == []


def test_an_anchor_in_other_case_or_unicode_form_is_dead(site: Path) -> None:
    links = ["b.html#a", "b.html#LUJÁN", "b.html#e%CC%81"]
    write_site(site, a=anchors(links), b='<p id="A"><p id="Luján"><p id="\u00e9">')
    assert [each.partition("]")[0].partition("[")[2] for each in check(site)] == ["dead-anchor"] * len(links)


def test_links_that_lead_to_the_top_or_ask_a_question_are_sound(site: Path) -> None:
    links = ["#", "#top", "b.html#TOP", "", "b.html#:~:text=x", "b.html#x:~:text=x", "?q=1", "b.html?q=1#x"]
    write_site(site, a=anchors(links), b='<p id="x">')
    assert check(site) == []


def test_a_link_that_leaves_the_folder_is_dead(site: Path) -> None:
    links = ["/a.html", "../other.html", "file:///etc/hosts", "//a.example/x"]
    write_site(site, a=anchors(links))
    (site.parent / "other.html").write_text("outside")
    assert [each.partition(" ")[2] for each in check(site)] == [
        f"error[dead-link] the link `{link}` (“x”) is dead\n"
        "  why:  it leads out of the site's folder\n"
        f"  help: {MEND}"
        for link in links
    ]


def test_an_address_that_no_browser_can_read_is_dead(site: Path) -> None:
    write_site(site, a='<a href="//[x">x</a>')
    assert "  why:  a browser cannot read the address" in check(site)[0]


def test_a_link_in_other_case_is_dead_on_every_file_system(site: Path) -> None:
    write_site(site, a='<a href="B.html">x</a>', b="")
    assert "the site has no file `B.html`" in check(site)[0]


def test_a_link_to_a_folder_leads_to_its_index(site: Path) -> None:
    write_site(site, a='<a href="sub/#x">x</a><a href="bare/">y</a>', sub__index='<p id="x">', bare__b="")
    found = check(site)
    assert len(found) == 1
    assert "the site has no file `bare/index.html`" in found[0]


def test_missing_images_scripts_and_fonts_are_dead_links(site: Path) -> None:
    write_site(site, a='<img src="a.png" alt="map"><script src="a.js"></script>')
    (site / "a.css").write_text('@font-face {\nsrc: url("a.woff2");\n}\n')
    (site / "index.html").write_text(page("", '<link rel="stylesheet" href="a.css">'))
    found = check(site)
    assert [each.partition(" error")[0] for each in found] == [
        "site/a.css:2:10:",
        "site/a.html:2:7:",
        "site/a.html:2:34:",
    ]
    assert "the link `a.png` (“map”) is dead" in found[1]


def test_addresses_outside_are_not_asked(site: Path) -> None:
    write_site(site, a='<a href="http://127.0.0.1:9/">x</a><a href="mailto:a@b.example">y</a>')
    assert check_links(site) == (LinkSummary(pages=2), ())


def test_the_error_page_is_left_out_unless_it_loads_from_outside(site: Path) -> None:
    write_site(site, a='<a href="404.html">x</a>')
    (site / "404.html").write_text(page('<a href="/index.html">x</a><img src="https://a.example/x.png">'))
    assert [each.partition("]")[0] for each in check(site)] == ["site/404.html:2:1: error[outside-request"]


def test_a_large_page_is_read_to_its_end(site: Path) -> None:
    filler = "words " * 1_000_000
    write_site(site, a=f'<p>{filler}<a href="gone.html">x</a>')
    assert len(check(site)) == 1


def test_a_site_may_have_another_name_in_the_findings(site: Path) -> None:
    write_site(site, a='<a href="gone.html">x</a>')
    _, found = check_links(site, shown_as="public")
    assert found[0].place.path == "public/a.html"


@pytest.mark.parametrize("name", ["with space", "Ünïcode 中", "a#b", "a%20b", "a?b=c", "~!'(),:@&=+$"])
def test_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    site = write_site(
        tmp_path / name / "site", a='<a href="b.html#x">1</a><a href="gone.html">2</a>', b='<p id="x">'
    )
    inner = write_site(site / name, c='<a href="../b.html#x">1</a>')
    assert inner.is_dir()
    assert len(check(site)) == 1


def test_a_folder_that_only_its_owner_may_read_is_checked(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    write_site(private / "site", a='<a href="b.html#x">1</a>', b='<p id="x">')
    (private / "site/a.html").chmod(0o600)
    assert check_links(private / "site") == (LinkSummary(pages=3, links=1), ())


def test_linkchecker_keeps_out_of_the_home_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    write_site(site)
    assert check(site) == []
    assert list(home.iterdir()) == []


def test_a_failure_of_linkchecker_is_an_error_with_its_last_words(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(site)
    monkeypatch.setattr(sys, "executable", "false")
    assert check(site) == [
        "site:1:1: error[link-check-failed] LinkChecker could not check the site\n"
        "  why:  it ended with exit code 1\n"
        "  help: install the locked requirements again; if it fails still, report it with this line"
    ]


def test_linkcheckers_own_anchor_check_finds_the_same_dead_anchors(site: Path) -> None:
    write_site(
        site,
        a='<a href="b.html#中">1</a><a href="b.html#gone">2</a><a href="b.html#fn:1">3</a>',
        b='<p id="中"><p id="fn:1"><a href="a.html#none">4</a><a href="#Luj%C3%A1n">5</a>',
        index='<a href="a.html">a</a><a href="b.html">b</a>',
    )
    settings = site.parent / "linkcheckerrc"
    settings.write_text("[AnchorCheck]\n")
    program = (
        "from linkcheck.command import linkchecker\n"
        "linkchecker.drop_privileges = lambda: None\n"
        "linkchecker.linkchecker()\n"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "-f",
        str(settings),
        "--no-status",
        "-o",
        "csv",
        str(site / "index.html"),
    ]
    home = {name: str(site.parent) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    theirs = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **home}
    ).stdout
    ours = check_links(site)[1]
    assert [each.code for each in ours] == ["dead-anchor"] * 3
    assert theirs.count("not found. Available anchors") == 3


LOADS = {
    "script": '<script src="{}"></script>',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "alternate style sheet": '<link rel="alternate stylesheet" href="{}">',
    "preload": '<link rel="preload" as="font" href="{}">',
    "preconnect": '<link rel="preconnect" href="{}">',
    "icon": '<link rel="shortcut icon" href="{}">',
    "image": '<img src="{}">',
    "image set": '<img srcset="a.png 1x, {} 2x">',
    "source": '<picture><source srcset="{}"></picture>',
    "frame": '<iframe src="{}"></iframe>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "video": '<video poster="{}"></video>',
    "audio": '<audio src="{}"></audio>',
    "track": '<video><track src="{}"></video>',
    "input": '<input type="image" src="{}">',
    "drawing": '<svg><image xlink:href="{}"/></svg>',
    "symbol": '<svg><use href="{}"/></svg>',
    "base": '<base href="{}">',
    "refresh": '<meta http-equiv="refresh" content="0; url={}">',
    "style attribute": "<p style='background: url({})'>",
    "style element": "<style>\np {{ background: url('{}') }}</style>",
    "import": '<style>@import "{}";</style>',
}


@pytest.mark.parametrize("kind", LOADS)
def test_whatever_a_page_loads_from_another_host_is_an_error(site: Path, kind: str) -> None:
    write_site(site, a=LOADS[kind].format("https://a.example/x"))
    found = find_outside_requests(site, list_files(site), "site")
    assert [each.code for each in found] == ["outside-request"]
    assert "loads `https://a.example/x` from another host" in found[0].what
    assert found[0].place.path == "site/a.html"


@pytest.mark.parametrize("kind", LOADS)
def test_what_a_page_loads_from_the_site_is_no_finding(site: Path, kind: str) -> None:
    write_site(site, a=LOADS[kind].format("../x"), b=LOADS[kind].format("data:text/plain,x"))
    assert find_outside_requests(site, list_files(site), "site") == ()


@pytest.mark.parametrize(
    "address",
    ["//a.example/x", "HTTPS://a.example", " \thttp:a.example", "\\\\a.example", "ht\ntps://a.example"],
)
def test_every_spelling_of_another_host_is_seen(site: Path, address: str) -> None:
    write_site(site, a=f'<img src="{address}">')
    assert len(find_outside_requests(site, list_files(site), "site")) == 1


def test_an_outside_request_names_its_line_and_its_element(site: Path) -> None:
    write_site(site, a='<p>\n<img src="https://a.example/x.png">')
    assert [format_diagnostic(each) for each in find_outside_requests(site, list_files(site), "site")] == [
        "site/a.html:3:1: error[outside-request] <img> loads `https://a.example/x.png` from another host\n"
        "  why:  the page would not be whole offline, and readers would be seen by that host\n"
        "  help: keep a copy in docs/ or site_overrides/, or switch off what asks for it in mkdocs.yml"
    ]


def test_a_style_sheet_is_read_past_its_comments(site: Path) -> None:
    write_site(site)
    (site / "a.css").write_text("/* url(https://a.example/no)\n*/\np { src: url(//a.example/yes) }\n")
    found = find_outside_requests(site, list_files(site), "site")
    assert [(each.place.path, each.place.line) for each in found] == [("site/a.css", 3)]


@pytest.mark.parametrize(
    "silent",
    [
        '<a href="https://a.example">x</a>',
        '<link rel="canonical" href="https://a.example">',
        '<p title="https://a.example">',
    ],
)
def test_a_link_for_readers_is_no_request(site: Path, silent: str) -> None:
    write_site(site, a=silent)
    assert find_outside_requests(site, list_files(site), "site") == ()


def test_an_empty_page_is_no_fault(site: Path) -> None:
    write_site(site)
    (site / "empty.html").write_bytes(b"")
    assert check(site) == []


@pytest.mark.slow
def test_a_hundred_pages_of_two_hundred_links_take_less_than_fifteen_seconds(site: Path) -> None:
    ids = "".join(f'<p id="p{n}">' for n in range(200))
    pages = {
        f"page{page}": ids + anchors([f"page{(page * 7 + n) % 100}.html#p{n}" for n in range(200)])
        for page in range(100)
    }
    write_site(site, **pages)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert check_links(site) == (LinkSummary(pages=101, links=20_000), ())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 15


# What LinkChecker and the reader of large sites must agree on.
DISPUTED = (
    '<p title="a src=b href=c">x</p>',
    "<a title='x href=\"gone.html\"' href='index.html'>x</a>",
    "<A HREF=index.html>x</A>",
    '<a\n\thref="index.html"\n>x</a>',
    '<a href="gone.html">x</a>',
    '<a href="gone.html?q=1#x">x</a>',
    '<a href="index.html#gone">x</a>',
    '<a href="#here">x</a><p id="here">',
    "<p id=there><a href=#there>x</a>",
    '<a name="old"></a><a href="#old">x</a>',
    '<a href="#top">x</a>',
    '<a href="index.html?a=b&amp;c=d#">x</a>',
    '<a href="../index.html">x</a>',
    '<a href="mailto:a@b.example">x</a><a href="https://a.example/#b">x</a>',
    '<img src="gone.png" alt="">',
    '<!-- <a href="gone.html">x</a> -->',
    '<script>document.write("<a href=gone.html>")</script>',
    '<a href="in%64ex.html">x</a>',
    '<a data-x title="=" href="index.html">x</a>',
)


@pytest.mark.parametrize("written", DISPUTED)
def test_the_reader_of_large_sites_finds_what_linkchecker_finds(site: Path, written: str) -> None:
    write_site(site)
    (site / "disputed.html").write_text(f"<!doctype html><html><body>{written}</body></html>", "utf-8")
    (_, slowly), (_, fast) = (check_links(site, max_linkchecker_pages=pages) for pages in (300, 0))
    assert [(d.code, d.place.path) for d in fast] == [(d.code, d.place.path) for d in slowly]
