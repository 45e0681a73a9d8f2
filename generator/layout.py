"""Where a dossier's parts stand on disk: its corpus, its pages, its MkDocs configuration and its site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, error, stops_build, warning
from generator.model.places import Place
from generator.site import MkdocsPaths, read_mkdocs_paths

WORK_FOLDER = ".dossier"
OVERRIDES_FOLDER = "site_overrides"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The folders of one dossier.

    `shown` is how messages name the corpus. `work` holds what the tool keeps for itself. Without a `mkdocs.yml` of the
    editors' own the configuration is generated too. `overrides` is where the theme's overrides are to be written, or
    None where the editors keep their own. `templates` is searched first to last. `hand_written` is the folder of the
    editors' own pages where `docs`, into which pages are written, is another: that of an edition beside the public one.
    `custom_dir` is the folder of the theme's overrides, whoever keeps it.
    """

    root: Path
    corpus: Path
    shown: str
    work: Path
    config: Path
    is_config_generated: bool
    docs: Path
    site: Path
    overrides: Path | None
    templates: tuple[Path, ...]
    hand_written: Path | None = None
    custom_dir: Path | None = None

    @property
    def last_build(self) -> Path:
        """Return the file that remembers from what the last build was made, and how it left its files."""
        return self.pages_manifest.with_name("built.json")

    @property
    def search_cache(self) -> Path:
        """Return the folder for parts of the search index."""
        return self.pages_manifest.with_name("search")

    @property
    def staging(self) -> Path:
        """Return the folder for pages between rendering and writing."""
        return self.pages_manifest.with_name("staged")

    @property
    def rendered_pages(self) -> Path:
        """Return the file that remembers what the pages were rendered from."""
        return self.pages_manifest.with_name("rendered.npz")

    @property
    def pages_manifest(self) -> Path:
        """Return the file that remembers which pages were generated."""
        return self.docs.parent / "pages.json" if self.hand_written is not None else self.work / "pages.json"

    @property
    def made_pages(self) -> Path:
        """Return the file that remembers from what the pages of the site were made."""
        return self.pages_manifest.with_name("site.json")

    @property
    def scanned_pages(self) -> Path:
        """Return the file that remembers which pages hold nothing that the edition withholds."""
        return self.pages_manifest.with_name("scanned-pages.bin")

    @property
    def scanned_site(self) -> Path:
        """Return the file that remembers the same of the files of the site."""
        return self.pages_manifest.with_name("scanned-site.bin")

    @property
    def page_links(self) -> Path:
        """Return the file that remembers the links of these pages."""
        return self.pages_manifest.with_name("links.npz")


def find_layout(
    path: Path, *, packaged_templates: Path, site: Path | None = None
) -> tuple[Layout | None, tuple[Diagnostic, ...]]:
    """Return the layout of the dossier at `path`: a folder that holds `corpus/`, or a corpus folder itself.

    None where the folder's own `mkdocs.yml` cannot be read.
    """
    root = path.resolve()
    is_corpus = (root / "documents").is_dir() and not (root / "corpus").is_dir()
    config = root / "mkdocs.yml"
    paths: MkdocsPaths | None = None
    found: tuple[Diagnostic, ...] = ()
    if config.is_file():
        paths, found = read_mkdocs_paths(config)
        if paths is None:
            return None, found
        found = (*_check_folders(paths, root), *_check_addresses(paths), *_check_outdated(paths, root))
        if stops_build(found):
            return None, found
    work = root / WORK_FOLDER
    overrides = work / OVERRIDES_FOLDER
    corpus = root if is_corpus else root / "corpus"
    own_site = paths.site_dir if paths else root / "site"
    own_templates = root / "templates"
    return (
        Layout(
            root=root,
            corpus=corpus,
            shown=_shown(corpus),
            work=work,
            config=config if paths else work / "mkdocs.yml",
            is_config_generated=paths is None,
            docs=paths.docs_dir if paths else (work / "docs" if is_corpus else root / "docs"),
            site=site.resolve() if site else own_site,
            overrides=overrides if paths is None or paths.custom_dir == overrides else None,
            templates=tuple(dict.fromkeys(f for f in (own_templates, packaged_templates) if f.is_dir())),
            custom_dir=paths.custom_dir if paths and paths.custom_dir and paths.custom_dir.is_dir() else None,
        ),
        found,
    )


def edition_layout(layout: Layout, edition: str, site: Path | None = None) -> Layout:
    """Return where an edition beside the public one is built: its pages never stand among those that are published.

    `site` is the folder asked for, instead of `site-<edition>`.
    """
    return replace(
        layout,
        docs=layout.work / "editions" / edition / "docs",
        site=site.resolve() if site else layout.site.with_name(f"{layout.site.name}-{edition}"),
        hand_written=layout.docs,
    )


def _check_folders(paths: MkdocsPaths, root: Path) -> tuple[Diagnostic, ...]:
    """Return an error where pages would be written outside the dossier, or the corpus itself be published."""
    docs, corpus = paths.docs_dir.resolve(), (root / "corpus").resolve()
    if not docs.is_relative_to(root) or docs == root:
        what, why = "is not a folder inside the dossier", "pages are written and removed there"
    elif docs.is_relative_to(corpus) or corpus.is_relative_to(docs):
        what, why = "holds the corpus or lies in it", "MkDocs would publish texts that may not be published"
    else:
        return ()
    return (
        error(
            Place(path=paths.config.name),
            "bad-site-config",
            f"the site's `docs_dir` {what}",
            why=why,
            help="write `docs_dir: docs`",
        ),
    )


def _check_addresses(paths: MkdocsPaths) -> tuple[Diagnostic, ...]:
    if not paths.use_directory_urls:
        return ()
    return (
        warning(
            Place(path=paths.config.name),
            "directory-urls",
            "`use_directory_urls: false` is missing",
            why="links between pages would work on a web server only, not in a folder opened from disk",
            help="add the line `use_directory_urls: false`",
        ),
    )


def _check_outdated(paths: MkdocsPaths, root: Path) -> tuple[Diagnostic, ...]:
    """Return a warning where the tool keeps the overrides, and settings beside them belong to an earlier version."""
    if not paths.outdated or paths.custom_dir != root / WORK_FOLDER / OVERRIDES_FOLDER:
        return ()
    return (
        warning(
            Place(path=paths.config.name),
            "outdated-site-config",
            "some settings belong to an earlier version of dossier",
            why="the dossier has cards and a search of its own now, and the theme's would stand beside them",
            help="; ".join(paths.outdated),
        ),
    )


def _shown(path: Path) -> str:
    """Return the path relative to where the user stands, if it is below; else the whole path."""
    try:
        relative = path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
    return "" if relative == "." else relative
