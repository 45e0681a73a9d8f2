"""A corpus folder to one `Corpus`, all faults at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.diagnostics import Diagnostic, error, sort_diagnostics, warning
from generator.load.csl import parse_citations
from generator.load.files import (
    Reading,
    decode_source,
    hash_chunks,
    list_records,
    path_leaves_folder,
    read_text,
    report_misplaced,
    slug_collision,
)
from generator.load.front_matter import missing_front_matter, split_front_matter
from generator.load.validate import validate
from generator.load.yaml import Value, parse_yaml
from generator.model.corpus import Corpus, Source
from generator.model.evidence import EvidenceLock
from generator.model.places import CorpusFile, Entry, KeyPath, Place, pack_places
from generator.model.published import PublishedState
from generator.model.records import (
    ActorRecord,
    Annotation,
    CitationEntry,
    Correction,
    DocumentRecord,
    DossierRecord,
    IssueRecord,
)
from generator.text.slugs import slug_key

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDocuments:
    """What was read of some documents, and all that is wrong with it; see `Corpus`.

    `paths` are those of the records by slug.
    """

    documents: Mapping[str, Entry[DocumentRecord]]
    annotations: Mapping[str, Entry[tuple[Annotation, ...]]]
    transcriptions: Mapping[str, CorpusFile]
    sources: Mapping[str, Source]
    paths: Mapping[str, str]
    inputs: Mapping[str, str]
    left_out: frozenset[tuple[str, str]]
    found: tuple[Diagnostic, ...]


def load_corpus(
    root: Path, *, shown: str = "", sources: Path | None = None
) -> tuple[Corpus | None, tuple[Diagnostic, ...]]:
    """Return the corpus in folder `root`, or None where there is none, and every fault in its files.

    Records with faults are left out of the result, so that later stages can still look at the others.
    `shown` is how messages name the folder; `sources` replaces `root/sources`.
    """
    if not (root / "documents").is_dir():
        return None, (missing_corpus(root, shown),)
    named = root / "sources"
    names = [path.name for path in named.iterdir()] if sources is None and named.is_dir() else []
    return join_corpus(
        root, load_documents(root, shown=shown, sources=sources), shown=shown, source_names=names
    )


def load_documents(
    root: Path,
    *,
    shown: str = "",
    sources: Path | None = None,
    names: Mapping[str, tuple[str, ...]] | None = None,
) -> LoadedDocuments:
    """Return the documents of a corpus with their texts, annotations and sources.

    `names` are those of the files to be read, by folder: all that differ in case or form alone, and all of one
    document, belong together. None reads all.
    """
    reading = Reading(root=root, shown=shown, names=names)
    documents = _load_records(reading, "documents", DocumentRecord)
    annotations = _load_annotations(reading)
    transcriptions = _load_transcriptions(reading)
    source_files = _load_sources(reading, documents, sources)
    return LoadedDocuments(
        documents=documents,
        annotations=annotations,
        transcriptions=transcriptions,
        sources=source_files,
        paths={slug: entry.file.path for slug, entry in documents.items()},
        inputs=reading.digests,
        left_out=frozenset(reading.left_out),
        found=tuple(reading.found),
    )


def join_corpus(
    root: Path, loaded: LoadedDocuments, *, shown: str = "", source_names: Iterable[str] = ()
) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """Return the corpus of these documents and all that is read besides, with every fault.

    `source_names` are those of the files in the folder of sources.
    """
    reading = Reading(root=root, shown=shown)
    report_misplaced(reading)
    actors = _load_records(reading, "actors", ActorRecord)
    issues = _load_records(reading, "issues", IssueRecord)
    citations, citation_places = _load_citations(reading)
    own = [{slug: entry.file.path for slug, entry in records.items()} for records in (actors, issues)]
    _check_shared_slugs(reading, (loaded.paths, *own), citation_places)
    lock = _load_lock(reading)
    corrections, published = _load_corrections(reading), _load_published(reading)
    dossier, about = _load_dossier(reading), _load_about(reading)
    left_out = loaded.left_out | reading.left_out
    if not left_out:
        _report_unnamed_sources(reading, source_names, loaded.sources)
    corpus = Corpus(
        dossier=dossier,
        about=about,
        documents=loaded.documents,
        actors=actors,
        issues=issues,
        annotations=loaded.annotations,
        transcriptions=loaded.transcriptions,
        citations=citations,
        citation_places=citation_places,
        sources=loaded.sources,
        corrections=corrections,
        published=published,
        inputs=dict(sorted({**loaded.inputs, **reading.digests}.items())),
        left_out=left_out,
        lock=lock,
    )
    return corpus, sort_diagnostics([*loaded.found, *reading.found])


def missing_corpus(root: Path, shown: str) -> Diagnostic:
    """Return the diagnostic of a folder that holds no corpus."""
    what = "there is no folder documents/ in it" if root.is_dir() else "there is no such folder"
    return error(
        Place(path=shown or str(root)),
        "missing-corpus",
        f"no corpus here: {what}",
        help="name a folder that holds corpus/documents/ or documents/, or start one with `dossier new DIR`",
    )


def _load_records(reading: Reading, folder: str, record_type: type[Record]) -> dict[str, Entry[Record]]:
    entries: dict[str, Entry[Record]] = {}
    for slug, path in list_records(reading, folder, ".md").items():
        file = read_text(reading, path)
        entry = None if file is None else _parse_record(reading, slug, file, record_type)
        if entry is None:
            reading.left_out.add((folder, slug))
        else:
            entries[slug] = entry
    return entries


def _parse_record(
    reading: Reading, slug: str, file: CorpusFile, record_type: type[Record]
) -> Entry[Record] | None:
    parts, split_faults = split_front_matter(file)
    if not parts.yaml and not split_faults and record_type is not DossierRecord:
        split_faults = (missing_front_matter(file),)
    reading.found.extend(split_faults)
    value, places, yaml_faults = parse_yaml(parts.yaml, path=file.path, first_line=parts.yaml_line)
    reading.found.extend(yaml_faults)
    if split_faults or yaml_faults:
        return None
    record, faults = validate({} if value is None else value, record_type, places)
    reading.found.extend(faults)
    if record is None:
        return None
    return Entry(
        slug=slug,
        record=record,
        file=file,
        places=pack_places(file.path, places),
        body=parts.body,
        body_line=parts.body_line,
    )


def _load_dossier(reading: Reading) -> Entry[DossierRecord]:
    path = reading.root / "dossier.md"
    absent = CorpusFile(path=reading.shown_path(path), text="")
    default = Entry(slug="dossier", record=DossierRecord(), file=absent, places={})
    if not path.exists():
        return default
    file = read_text(reading, path)
    entry = None if file is None else _parse_record(reading, "dossier", file, DossierRecord)
    return entry or default


def _load_about(reading: Reading) -> CorpusFile | None:
    path = reading.root / "about.md"
    return read_text(reading, path, may_be_empty=True) if path.exists() else None


def _load_annotations(reading: Reading) -> dict[str, Entry[tuple[Annotation, ...]]]:
    entries: dict[str, Entry[tuple[Annotation, ...]]] = {}
    for slug, path in list_records(reading, "annotations", ".yml").items():
        entry = _parse_annotations(reading, slug, path)
        if entry is None:
            reading.left_out.add(("annotations", slug))
        else:
            entries[slug] = entry
    return entries


def _parse_annotations(reading: Reading, slug: str, path: Path) -> Entry[tuple[Annotation, ...]] | None:
    file = read_text(reading, path, may_be_empty=True)
    if file is None:
        return None
    value, places, yaml_faults = parse_yaml(file.text, path=file.path)
    reading.found.extend(yaml_faults)
    if yaml_faults:
        return None
    annotations, faults = validate([] if value is None else value, tuple[Annotation, ...], places)
    reading.found.extend(faults)
    if annotations is None:
        return None
    return Entry(slug=slug, record=annotations, file=file, places=pack_places(file.path, places))


def _load_corrections(reading: Reading) -> Entry[tuple[Correction, ...]]:
    path = reading.root / "corrections.yml"
    none = CorpusFile(path=reading.shown_path(path), text="")
    entry = _load_yaml(reading, path, tuple[Correction, ...], default=[])
    return entry or Entry(slug="corrections", record=(), file=none, places={})


def _load_published(reading: Reading) -> Entry[PublishedState] | None:
    return _load_yaml(reading, reading.root / "published.lock", PublishedState, default={})


def _load_yaml(reading: Reading, path: Path, record_type: Any, *, default: Value) -> Entry[Any] | None:
    """Return a YAML file of the corpus as one record, None where there is none or it has faults."""
    if not path.exists():
        return None
    file = read_text(reading, path, may_be_empty=True)
    value, places, faults = parse_yaml(file.text, path=file.path) if file else (None, {}, ())
    record = None
    if file is not None and not faults:
        record, faults = validate(default if value is None else value, record_type, places)
    reading.found.extend(faults)
    if file is None or record is None:
        reading.left_out.add((path.stem, ""))
        return None
    return Entry(slug=path.stem, record=record, file=file, places=pack_places(file.path, places))


def _load_transcriptions(reading: Reading) -> dict[str, CorpusFile]:
    texts: dict[str, CorpusFile] = {}
    for slug, path in list_records(reading, "texts", ".md").items():
        file = read_text(reading, path)
        if file is None:
            reading.left_out.add(("texts", slug))
        else:
            texts[slug] = file
    return texts


def _load_citations(reading: Reading) -> tuple[Mapping[str, CitationEntry], Mapping[str, Place]]:
    path = reading.root / "citations.yml"
    if not path.exists():
        return {}, {}
    file = read_text(reading, path, may_be_empty=True)
    value, places, yaml_faults = parse_yaml(file.text, path=file.path) if file else (None, {}, ())
    reading.found.extend(yaml_faults)
    if file is None or yaml_faults:
        reading.left_out.add(("citations", ""))
    if file is None or value is None:
        return {}, {}
    whole = Place(path=file.path)
    entries, faults = parse_citations(value, lambda keys: places.get(keys, whole))
    reading.found.extend(faults)
    raw_entries = value.get("references") if isinstance(value, dict) else value
    prefix: KeyPath = ("references",) if isinstance(value, dict) else ()
    if faults and not (isinstance(raw_entries, list) and len(entries) == len(raw_entries)):
        reading.left_out.add(("citations", ""))
    place_by_id: dict[str, Place] = {}
    for index, raw in enumerate(raw_entries if isinstance(raw_entries, list) else []):
        if isinstance(raw, dict) and isinstance(raw.get("id"), str):
            place_by_id.setdefault(str(raw["id"]), places.get((*prefix, index, "id"), whole))
    return (
        {entry.id: entry for entry in sorted(entries, key=lambda e: e.id)},
        {entry.id: place_by_id[entry.id] for entry in entries},
    )


def _load_lock(reading: Reading) -> Entry[EvidenceLock] | None:
    path = reading.root / "evidence.lock"
    file = read_text(reading, path) if path.exists() else None
    if file is None:
        return None
    value, places, yaml_faults = parse_yaml(file.text, path=file.path)
    reading.found.extend(yaml_faults)
    if yaml_faults:
        return None
    lock, faults = validate(value, EvidenceLock, places)
    reading.found.extend(faults)
    return (
        None
        if lock is None
        else Entry(slug="evidence", record=lock, file=file, places=pack_places(file.path, places))
    )


def _check_shared_slugs(
    reading: Reading,
    paths: tuple[Mapping[str, str], ...],
    citation_places: Mapping[str, Place],
) -> None:
    """Report slugs that two kinds of record share: `[[slug]]` names no kind."""
    owners: dict[str, str] = {}
    for records in paths:
        for slug, path in records.items():
            owner = owners.setdefault(slug_key(slug), path)
            if owner != path:
                reading.found.append(slug_collision(Place(path=path), slug, owner))
    for slug, place in citation_places.items():
        owner = owners.setdefault(slug_key(slug), f"{place.path}:{place.line}")
        if owner != f"{place.path}:{place.line}":
            reading.found.append(slug_collision(place, slug, owner))


def _load_sources(
    reading: Reading, documents: Mapping[str, Entry[DocumentRecord]], folder: Path | None
) -> dict[str, Source]:
    """Return the source files at hand that records name; their hashes must agree with the records."""
    directory = folder or reading.root / "sources"
    loaded: dict[str, Source] = {}
    for entry in documents.values():
        source = entry.record.source
        if source is None:
            continue
        place = entry.place("source", "file")
        path = directory / source.file
        if Path(source.file).name != source.file or source.file == ".." or "\\" in source.file:
            reading.found.append(path_leaves_folder(place, source.file))
            continue
        if not path.is_file():
            continue
        if not path.resolve().is_relative_to(directory.resolve()):
            reading.found.append(path_leaves_folder(place, source.file))
            continue
        read = _read_source(path)
        loaded[source.file] = read
        if read.sha256 != source.sha256:
            reading.found.append(
                error(
                    entry.place("source", "sha256"),
                    "source-changed",
                    f"`{source.file}` has the SHA-256 {read.sha256[:12]}…, the record says {source.sha256[:12]}…",
                    why="quotations would be checked against another file than the one the editors read",
                    help="restore the file as received, or record the new hash and check every quotation",
                )
            )
    return loaded


def _report_unnamed_sources(reading: Reading, names: Iterable[str], loaded: Mapping[str, Source]) -> None:
    for name in sorted(names):
        path = reading.root / "sources" / name
        if not name.startswith(".") and name not in loaded and path.is_file():
            reading.found.append(
                warning(
                    Place(path=reading.shown_path(path)),
                    "unnamed-source",
                    f"no document names the source file `{name}`",
                    why="readers cannot learn that it exists",
                    help="name it under `source:` in a record, or remove it",
                )
            )


def _read_source(path: Path) -> Source:
    total = hashlib.sha256()
    pieces: list[bytes] = []
    for chunk in hash_chunks(path):
        total.update(chunk)
        pieces.append(chunk)
    return Source(path=path.name, sha256=total.hexdigest(), text=decode_source(b"".join(pieces)))
