"""Which document an editor means by a slug or a file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from generator.model.corpus import Corpus
from generator.text.nearest import nearest
from generator.text.slugs import slug_key

FOLDERS = ("documents", "texts", "annotations")
MOST_NEAR = 3


def find_document(corpus: Corpus, root: Path, typed: str) -> str:
    """Return the slug of the document that `typed` names: a slug, or a path of its record, text, notes or source.

    A path is taken from where the reader stands, from the corpus folder `root`, or from the folder above it.

    Raises:
        ValueError: no document is meant; with a sentence that offers the nearest slugs.
    """
    slug = unicodedata.normalize("NFC", typed)
    if slug in corpus.documents:
        return slug
    by_key = {slug_key(one): one for one in corpus.documents}
    path = _path_in_corpus(root, typed)
    if path is not None:
        slug = _owner(corpus, path)
    if slug_key(slug) in by_key:
        return by_key[slug_key(slug)]
    if ("documents", slug) in corpus.left_out:
        raise ValueError(f"the record of `{slug}` has faults; see `dossier check`")
    raise ValueError(f"no document `{typed}`{_offer(corpus, slug)}")


def _path_in_corpus(root: Path, typed: str) -> Path | None:
    """Return the path relative to the corpus of a file that is there, or None."""
    for base in (Path(), root, root.parent):
        path = (base / typed).resolve()
        if path.is_file() and path.is_relative_to(root.resolve()):
            return path.relative_to(root.resolve())
    return None


def _owner(corpus: Corpus, path: Path) -> str:
    """Return the slug of the document that a file of the corpus belongs to; its stem where none is known."""
    if path.parts[0] == "sources":
        for slug, entry in corpus.documents.items():
            if entry.record.source is not None and entry.record.source.file == path.name:
                return slug
    stem = path.stem if path.parts[0] in FOLDERS else path.as_posix()
    return unicodedata.normalize("NFC", stem)


def _offer(corpus: Corpus, slug: str) -> str:
    known = set(corpus.documents)
    near: list[str] = []
    while len(near) < MOST_NEAR and (one := nearest(Path(slug).stem, known - set(near))) is not None:
        near.append(one)
    if near:
        return f"; did you mean {' or '.join(f'`{one}`' for one in near)}?"
    return f"; there are {', '.join(f'`{one}`' for one in sorted(known)[:12])}" if known else ""
