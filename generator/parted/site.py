"""The builder's page work as tasks: each runs the site builder for its share of the pages."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, sort_diagnostics, stops_build
from generator.engine.stored import StoredMapping, stored_mapping
from generator.engine.tasks import Engine, Result, Shared, Work
from generator.identity import digest_bytes
from generator.layout import Layout
from generator.page_work import FORMER, REPORT, SHARE, Share, write_share
from generator.parted.render import RenderedPages
from generator.parted.search import PartedPage, SearchedPages, search_pages
from generator.parted.trees import read_tree, write_tree
from generator.site import SiteBuild, build_site, read_mkdocs_paths, source_date_epoch
from generator.site_work import PagesMade, make_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the site builder is given beside pages: its files by their paths in the dossier's folder.

    `config` and `docs` are paths in that folder. `inherited`: the docs folder is not the one that `config` names.
    """

    files: Mapping[str, bytes]
    config: str
    docs: str
    inherited: bool
    epoch_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The pages of one task by path: their Markdown, and the files that each links to, both in the work store."""

    pages: StoredMapping[str, bytes]
    links: StoredMapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePages:
    """What a task says of the pages that it made: which are finished, what the builder found, their heads."""

    finished: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    heads: Mapping[str, PartedPage | None] = field(default_factory=dict)


def make_site_parted(
    engine: Engine, layout: Layout, rendered: RenderedPages
) -> tuple[SiteBuild, PagesMade, SearchedPages | None, tuple[Diagnostic, ...]]:
    """Return what `make_site` does, and what search sees of the pages that tasks made.

    What is no page, and pages of the editors' own, are made in this process's folder.

    Where the navigation leaves titles to the pages all are made here: each page shows those of others.
    """
    pages = [path for path in rendered.pages if path.endswith(".md")]
    built, made, found = make_site(layout, pages)
    if built.folder is None or not made.is_shared:
        return built, made, None, found
    frame = _read_frame(layout)
    files = [name.encode() + b"\0" + content for name, content in sorted(frame.files.items())]
    shared = Shared(
        identity=digest_bytes(
            repr((frame.config, frame.docs, frame.inherited, frame.epoch_s)).encode(), *files
        ),
        value=frame,
    )
    works = []
    for start in range(0, len(pages), engine.sizes.built_pages):
        chosen = tuple(pages[start : start + engine.sizes.built_pages])
        digests = [f"{path} {rendered.digests[path]}".encode() for path in chosen]
        value = Chosen(pages=rendered.pages.only(chosen), links=rendered.links.only(chosen))
        works.append(Work(identity=digest_bytes(*digests), value=value))
    done = engine.map(make_pages, shared, works)
    told: list[MadePages] = [one.summary for one in done]
    all_found = [*found, *(diagnostic for one in told for diagnostic in one.found)]
    if stops_build(all_found):
        return SiteBuild(folder=None, output=built.output), PagesMade(), None, sort_diagnostics(all_found)
    for path, content in stored_mapping(engine.store, done, "pages").stream():
        target = built.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    finished = frozenset(made.finished) | {path for one in told for path in one.finished}
    sources = {path: source for path, source in made.sources.items() if path in finished}
    searched = SearchedPages(
        heads={path: head for one in told for path, head in one.heads.items()},
        words=stored_mapping(engine.store, done, "words"),
    )
    return built, replace(made, finished=finished, sources=sources), searched, sort_diagnostics(all_found)


def make_pages(frame: Frame, chosen: Chosen) -> Result:
    """Make some pages of the site in a folder for a while: a task. What search sees of their words is packed beside."""
    with tempfile.TemporaryDirectory(prefix="dossier-site-") as temporary:
        root = Path(temporary, "dossier")
        write_tree(frame.files, root)
        docs = root / frame.docs
        docs.mkdir(parents=True, exist_ok=True)
        write_tree(chosen.pages, docs)
        known = {target for targets in chosen.links.values() for target in targets} - {*chosen.pages}
        share, report = Path(temporary, "share.json"), Path(temporary, "report.json")
        write_share(Share(made=frozenset(chosen.pages), known=tuple(sorted(known))), share)
        built, found = build_site(
            root / frame.config,
            Path(temporary, "site"),
            epoch=frame.epoch_s,
            is_strict=True,
            docs=docs if frame.inherited else None,
            variables={SHARE: str(share), REPORT: str(report), FORMER: "", "DOSSIER_JOBS": "1"},
        )
        if built.folder is None:
            return Result(summary=MadePages(found=found))
        told = json.loads(report.read_text(encoding="utf-8"))
        made = {path: (built.folder / path).read_bytes() for path in sorted(told["paths"].values())}
    heads, words = search_pages(made)
    summary = MadePages(finished=tuple(told["finished"]), found=found, heads=heads)
    return Result(summary=summary, packs={"pages": made, "words": words})


def _read_frame(layout: Layout) -> Frame:
    """Return the configuration, the theme's overrides, and the Python files beside them, which may be hooks."""
    root = layout.root
    paths, _ = read_mkdocs_paths(layout.config)
    files = {layout.config.relative_to(root).as_posix(): layout.config.read_bytes()}
    for path in (*sorted(layout.config.parent.glob("*.py")), *sorted(layout.config.parent.glob("*.yml"))):
        files[path.relative_to(root).as_posix()] = path.read_bytes()
    if paths is not None and paths.custom_dir is not None and paths.custom_dir.is_dir():
        custom = paths.custom_dir.relative_to(root).as_posix()
        files |= {f"{custom}/{name}": content for name, content in read_tree(paths.custom_dir).items()}
    return Frame(
        files=files,
        config=layout.config.relative_to(root).as_posix(),
        docs=layout.docs.relative_to(root).as_posix(),
        inherited=layout.hand_written is not None,
        epoch_s=source_date_epoch(root),
    )
