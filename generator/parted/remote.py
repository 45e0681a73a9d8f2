"""A dossier in a store: what a build needs of it at hand, and its site put back."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, error
from generator.disk import list_files
from generator.engine.store import WorkStore, open_store
from generator.model.places import Place
from generator.parted.corpus_files import OF_DOCUMENTS, SOURCES
from generator.site import SITE_MARKER

CORPUS = "corpus"
# What a build makes, or has no use for.
LEFT = (".git", ".dossier", "site", ".venv")


def fetch_dossier(address: str, folder: Path) -> str:
    """Copy a dossier into a folder but for its documents, and return the address of its corpus."""
    store = open_store(address)
    names = store.names("")
    is_corpus = not any(name.startswith(f"{CORPUS}/") for name in names)
    prefix = "" if is_corpus else f"{CORPUS}/"
    left = tuple(f"{prefix}{part}/" for part in (*OF_DOCUMENTS, SOURCES, "imports"))
    target = folder / CORPUS if is_corpus else folder
    (folder / CORPUS).mkdir(parents=True, exist_ok=True)
    for name in sorted(names):
        if not name.startswith(left) and name.partition("/")[0] not in LEFT:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.read(name))
    return store.url if is_corpus else f"{store.url.rstrip('/')}/{CORPUS}"


def check_target(store: WorkStore) -> tuple[Diagnostic, ...]:
    """Return an error where a store holds files that no build of ours put there."""
    names = store.names("")
    if not names or SITE_MARKER in names:
        return ()
    return (
        error(
            Place(path=store.url),
            "foreign-site",
            "dossier did not build what is here",
            why="a build replaces the whole folder",
            help="move or delete it, or name another folder",
        ),
    )


def upload_site(site: Path, store: WorkStore) -> None:
    """Make a store hold the files of a site: other files before the pages that need them."""
    names = list_files(site)
    for name in sorted(names, key=lambda name: (name.endswith(".html"), name)):
        store.write(name, (site / name).read_bytes())
    store.remove(store.names("").difference(names))
