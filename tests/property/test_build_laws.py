"""Exactness: however a site came to be, it is the same to the byte."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.build import build_dossier, check_dossier
from generator.built import PUBLIC_EDITION, Built
from generator.diagnostics import format_diagnostic, stops_build
from generator.finish import PAGES_OF_PAGES
from generator.layout import find_layout
from generator.resources import TEMPLATES
from generator.site import source_date_epoch
from generator.verify import check_links
from tests.edited_dossiers import EDITS, Papers, first_papers, touch_papers, write_papers

# A build takes seconds: a failure is shown as it was found, with its edits, and not looked for in a smaller case.
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
ONE_BY_ONE = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 999)),
    min_size=1,
    max_size=6,
    unique_by=lambda e: e[0],
)
CHECK_AS_LARGE = partial(check_links, max_linkchecker_pages=0)
# What `dossier build` adds to the site that MkDocs and its hooks make.
ADDED = frozenset(("manifest.json", ".dossier-site"))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def times_of(folder: Path) -> dict[str, int]:
    """Return the time of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(some: Mapping[str, bytes], others: Mapping[str, bytes]) -> list[str]:
    """Return the files that are not the same, each with the line in which they begin to differ."""
    return [
        f"{name}: {_first_difference(some.get(name), others.get(name))}"
        for name in sorted(some.keys() | others.keys())
        if some.get(name) != others.get(name)
    ]


def _first_difference(one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return "only in the second" if one is None else "only in the first"
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return str(next(((a[:300], b[:300]) for a, b in pairs if a != b), "one is longer"))


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    with patch.dict(os.environ, variables):
        yield


def build(folder: Path, *, jobs: int = 1) -> Built:
    """Build the dossier in a folder by the real pipeline, with what earlier builds left there."""
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    # As the links of a large site are checked: what is remembered of kept pages is used.
    with environment(DOSSIER_JOBS=str(jobs)), patch("generator.build.check_links", CHECK_AS_LARGE):
        return build_dossier(layout, lambda stage: None)


def outcome(folder: Path, built: Built) -> tuple[dict[str, bytes], list[str]]:
    """Return all that a build left for readers, and what it said."""
    trees = {
        f"{part}/{name}": read for part in ("docs", "site") for name, read in read_tree(folder / part).items()
    }
    counts = {
        name: number
        for name, number in built.counts.items()
        if name not in {"written", "unchanged", "removed"}
    }
    found = [format_diagnostic(one).replace(folder.as_posix(), "") for one in built.diagnostics]
    return trees, [str(counts), *found]


def is_sound(papers: Papers) -> bool:
    """Return whether a dossier could be published."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        write_papers(folder, papers)
        layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
        assert layout is not None
        return not stops_build(check_dossier(layout, lambda stage: None, edition=PUBLIC_EDITION).diagnostics)


def assert_built(built: Built) -> None:
    """Assert that a site was built; if not, its findings are told."""
    assert built.is_done, "\n".join(format_diagnostic(found) for found in built.diagnostics)


def build_clean(folder: Path, papers: Papers, *, jobs: int = 3) -> Built:
    """Build a dossier in a folder that holds nothing yet."""
    write_papers(folder, papers)
    return build(folder, jobs=jobs)


def build_plain(folder: Path, site: Path) -> None:
    """Build a site of the pages that stand in the folder by plain `mkdocs build`."""
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    with environment(SOURCE_DATE_EPOCH=str(source_date_epoch(folder)), NO_MKDOCS_2_WARNING="1"):
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def check_edits(start: Papers, steps: Sequence[Sequence[tuple[str, int]]], *, is_plain: bool = False) -> int:
    """Return after how many steps a site was published.

    Assert that a folder in which a dossier is built after each step has what a build in an empty one gives.
    """
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary).resolve()
        edited = root / "edited"
        write_papers(edited, start)
        assert_built(build(edited))
        papers, published = start, 0
        for number, step in enumerate(steps):
            told = f"after step {number}: {step}"
            before = papers
            for name, choice in step:
                changed = EDITS[name](papers, choice)
                # Of several edits those count that can be published; an edit alone may be refused.
                papers = changed if len(step) == 1 or is_sound(changed) else papers
            write_papers(edited, papers)
            touch_papers(edited) if number % 3 == 1 else None
            clean = root / f"clean{number}"
            wanted = build_clean(clean, papers)
            built = build(edited)
            assert outcome(edited, built)[1] == outcome(clean, wanted)[1], told
            if not wanted.is_done:
                # The editors take back what cannot be published.
                papers = before
                continue
            assert differences(outcome(edited, built)[0], outcome(clean, wanted)[0]) == [], told
            published += 1
            if is_plain:
                check_plain(edited, root / f"plain{number}")
        return published


def check_plain(folder: Path, site: Path) -> None:
    """Assert that plain `mkdocs build` gives the site that stands in the folder."""
    build_plain(folder, site)
    published = {name: read for name, read in read_tree(folder / "site").items() if name not in ADDED}
    assert differences(read_tree(site), published) == []


def test_a_site_built_after_edits_is_that_of_a_clean_build() -> None:
    chance = random.Random(7)  # noqa: S311 - the same edits in every run
    names = sorted(EDITS)
    chance.shuffle(names)
    edits = [(name, chance.randrange(1000)) for name in names]
    assert check_edits(first_papers(4), [edits[start::3] for start in range(3)]) == 3


@pytest.mark.slow
@settings(max_examples=12, phases=AS_FOUND, suppress_health_check=list(HealthCheck))
@given(st.integers(3, 8), ONE_BY_ONE)
def test_a_site_built_after_each_of_many_edits_is_that_of_a_clean_and_of_a_plain_build(
    documents: int, edits: list[tuple[str, int]]
) -> None:
    check_edits(first_papers(documents), [[edit] for edit in edits], is_plain=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EDITS))
def test_each_edit_alone_is_followed_exactly(name: str) -> None:
    check_edits(first_papers(5), [[(name, choice)] for choice in (0, 3, 8, 35)])


def test_one_process_several_plain_mkdocs_and_python_markdown_alone_make_the_same_site(
    tmp_path: Path,
) -> None:
    papers = first_papers(6)
    one, several, slow = tmp_path / "one", tmp_path / "several", tmp_path / "slow"
    seen = tmp_path / "seen"
    seen.mkdir()
    assert_built(build_clean(one, papers, jobs=1))
    with environment(SEEN=str(seen)):
        assert_built(build_clean(several, papers, jobs=3))
    assert len(list(seen.iterdir())) == 3
    assert differences(read_tree(one / "site"), read_tree(several / "site")) == []
    check_plain(one, tmp_path / "plain")
    write_papers(slow, papers)
    config = yaml.safe_load((slow / "mkdocs.yml").read_text())
    config["markdown_extensions"].remove("generator.convert.extension")
    (slow / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    assert_built(build(slow))
    assert differences(read_tree(one / "site"), read_tree(slow / "site")) == []


def test_where_nothing_changed_no_file_is_touched(tmp_path: Path) -> None:
    papers = first_papers(3)
    assert_built(build_clean(tmp_path, papers))
    before = {part: times_of(tmp_path / part) for part in ("docs", "site")}
    touch_papers(tmp_path)
    assert_built(build(tmp_path))
    after = {part: times_of(tmp_path / part) for part in ("docs", "site")}
    assert [
        name for part in before for name in before[part] if after[part].get(name) != before[part][name]
    ] == []


def test_a_renamed_alias_makes_just_those_pages_anew_that_it_changes(tmp_path: Path) -> None:
    papers = first_papers(4)
    assert_built(build_clean(tmp_path, papers))
    read, times = read_tree(tmp_path / "site"), times_of(tmp_path / "site")
    write_papers(tmp_path, EDITS["rename_alias"](papers, 2))
    assert_built(build(tmp_path))
    pages = {name for name in times if name.endswith(".html")} - {"404.html", *PAGES_OF_PAGES}
    changed = {name for name in pages if read_tree(tmp_path / "site")[name] != read[name]}
    assert {name for name in pages if times_of(tmp_path / "site")[name] != times[name]} == changed
    assert changed
    assert changed != pages


def change_hook(folder: Path) -> None:
    path = folder / "small_shares.py"
    path.write_text(
        path.read_text() + 'def on_page_content(html, **_):\n    return html + "<p>Hooked.</p>"\n'
    )


def change_page(folder: Path) -> None:
    """Write into a page of the site that stands, as no build does."""
    path = folder / "site/actors/a0.html"
    path.write_bytes(path.read_bytes() + b"<!-- added -->")


def lose_page(folder: Path) -> None:
    (folder / "site/actors/a0.html").unlink()


def lose_records(folder: Path) -> None:
    for name in ("site.json", "links.npz", "rendered.npz"):
        (folder / ".dossier" / name).unlink()


def damage_records(folder: Path) -> None:
    for name in ("site.json", "links.npz", "rendered.npz"):
        (folder / ".dossier" / name).write_bytes(b"{")


def lose_site(folder: Path) -> None:
    shutil.rmtree(folder / "site")


def draw_icon(folder: Path) -> None:
    """Draw an icon of the editors' own anew."""
    (folder / ".dossier/site_overrides/.icons/own/sign.svg").write_text("<svg><title>new</title></svg>")


WITH_ICON = {
    "name": "material",
    "custom_dir": ".dossier/site_overrides",
    "font": False,
    "palette": [{"scheme": "default", "toggle": {"icon": "own/sign", "name": "Switch"}}],
}
ACCIDENTS = (
    change_hook,
    draw_icon,
    change_page,
    lose_page,
    lose_records,
    damage_records,
    lose_site,
)


@pytest.mark.slow
@pytest.mark.parametrize("happens", ACCIDENTS)
def test_whatever_happens_beside_the_corpus_the_next_build_is_right(
    happens: Callable[[Path], None], tmp_path: Path
) -> None:
    edited, clean = tmp_path / "edited", tmp_path / "clean"
    papers = replace(first_papers(3), config={"theme": WITH_ICON})
    for folder in (edited, clean):
        icon = folder / ".dossier/site_overrides/.icons/own/sign.svg"
        icon.parent.mkdir(parents=True)
        icon.write_text("<svg><title>old</title></svg>")
        write_papers(folder, papers)
    assert_built(build(edited))
    happens(edited)
    built = build(edited)
    if happens in (change_hook, draw_icon):
        happens(clean)
    wanted = build(clean)
    assert outcome(edited, built)[1] == outcome(clean, wanted)[1]
    assert differences(outcome(edited, built)[0], outcome(clean, wanted)[0]) == []
