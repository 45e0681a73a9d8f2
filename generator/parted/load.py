"""Load and edition as tasks: the documents of a corpus in parts, whose records stay in the work store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.edition import find_withheld_targets, select_edition, select_lock
from generator.engine.store import WorkStore
from generator.engine.stored import stored_mapping
from generator.engine.tasks import Done, Engine, Result, Shared, Work, identity_of, read_result
from generator.identity import digest_bytes
from generator.load import LoadedDocuments, join_corpus, load_documents, missing_corpus
from generator.model.corpus import Corpus
from generator.model.edition import Edition
from generator.parted.corpus_files import CorpusPlace, fetch_sources, files_at_hand, plan_parts, rest_at_hand

PACKS = ("documents", "annotations", "transcriptions", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A corpus whose documents are in the work store, and the results that hold them, in the order of the slugs.

    `identity` names it by what it was made from.
    """

    corpus: Corpus
    parts: tuple[Done, ...]
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the tasks that load documents need to know."""

    place: CorpusPlace
    sources: str


def load_parted(
    engine: Engine, place: CorpusPlace, sources: Path | None
) -> tuple[Parted | None, tuple[Diagnostic, ...]]:
    """Return the corpus at a place, or None where there is none, and every fault in its files."""
    works = plan_parts(place, engine.sizes.documents)
    if not any(work.value["documents"] for work in works) and not _has_documents(place):  # type: ignore[index]
        return None, (missing_corpus(Path(place.address), place.shown),)
    identity = digest_bytes(place.shown.encode(), _stamp_sources(sources).encode())
    shared = Shared(
        identity=identity, value=Reading(place=place, sources="" if sources is None else str(sources))
    )
    parts = engine.map(load_part, shared, works)
    summaries: list[LoadedDocuments] = [part.summary for part in parts]
    by_slug = {pack: stored_mapping(engine.store, parts, pack, order=str) for pack in PACKS}
    loaded = LoadedDocuments(
        **by_slug,
        paths={slug: path for one in summaries for slug, path in one.paths.items()},
        inputs={path: sha256 for one in summaries for path, sha256 in one.inputs.items()},
        left_out=frozenset(each for one in summaries for each in one.left_out),
        found=tuple(diagnostic for one in summaries for diagnostic in one.found),
    )
    with rest_at_hand(place) as root:
        folder = root / "sources"
        names = [path.name for path in folder.iterdir()] if sources is None and folder.is_dir() else []
        corpus, found = join_corpus(root, loaded, shown=place.shown, source_names=names)
    told = [f"{path} {sha256}" for path, sha256 in corpus.inputs.items()]
    whole = digest_bytes(identity_of(parts).encode(), *(one.encode() for one in told))
    return Parted(corpus=corpus, parts=parts, identity=whole), found


def load_part(reading: Reading, names: Mapping[str, tuple[str, ...]]) -> Result:
    """Read some documents: a task. The summary lacks the records, which are packed."""
    sources = Path(reading.sources) if reading.sources else None
    with files_at_hand(reading.place, names) as root:
        loaded = load_documents(root, shown=reading.place.shown, sources=sources, names=names)
        if sources is None and fetch_sources(reading.place, root, _named_sources(loaded)):
            loaded = load_documents(root, shown=reading.place.shown, names=names)
    packs: dict[str, Mapping[str, object]] = {pack: getattr(loaded, pack) for pack in PACKS}
    return Result(
        summary=replace(loaded, documents={}, annotations={}, transcriptions={}, sources={}), packs=packs
    )


def _named_sources(loaded: LoadedDocuments) -> frozenset[str]:
    records = (entry.record for entry in loaded.documents.values())
    return frozenset(record.source.file for record in records if record.source is not None)


def narrow_parted(engine: Engine, whole: Parted, edition: Edition) -> tuple[Parted, tuple[Diagnostic, ...]]:
    """Return the corpus as the edition holds it, see `select_edition`."""
    works = [Work(identity=part.key, value=part.key) for part in whole.parts]
    rest = _without_documents(whole.corpus)
    bare = replace(rest, actors={}, issues={}, citations={}, citation_places={}, inputs={})
    identity = digest_bytes(whole.identity.encode(), repr(edition).encode())
    found_withheld = engine.map(
        find_withheld_part, Shared(identity=identity, value=(engine.store, bare, edition)), works
    )
    withheld = frozenset(target for one in found_withheld for target in one.summary)
    selected = engine.map(
        select_part, Shared(identity=identity, value=(engine.store, bare, edition, withheld)), works
    )
    narrowed, found = select_edition(rest, edition, withheld=withheld)
    inputs = {**narrowed.inputs}
    all_found = [*found]
    for one in selected:
        part_inputs, part_found = one.summary
        inputs |= part_inputs
        all_found.extend(part_found)
    corpus = replace(
        narrowed,
        documents=stored_mapping(engine.store, selected, "documents", order=str),
        annotations=stored_mapping(engine.store, selected, "annotations", order=str),
        transcriptions=stored_mapping(engine.store, selected, "transcriptions", order=str),
        sources=whole.corpus.sources,
        lock=select_lock(whole.corpus, edition.settings.redacted),
        inputs={path: inputs[path] for path in whole.corpus.inputs if path in inputs},
    )
    corpus = replace(corpus, is_narrowed=bool(withheld) or None in corpus.inputs.values())
    parted = Parted(corpus=corpus, parts=selected, identity=identity_of(selected) + identity)
    return parted, sort_diagnostics(all_found)


def find_withheld_part(shared: tuple[WorkStore, Corpus, Edition], part: str) -> Result:
    """Tell what the edition does not hold of some documents: a task."""
    store, bare, edition = shared
    return Result(summary=sorted(find_withheld_targets(_with_documents(store, bare, part), edition)))


def select_part(shared: tuple[WorkStore, Corpus, Edition, frozenset[str]], part: str) -> Result:
    """Narrow some documents to an edition: a task. The summary has the inputs of the part, and the findings."""
    store, bare, edition, withheld = shared
    narrowed, found = select_edition(_with_documents(store, bare, part), edition, withheld=withheld)
    return Result(
        summary=(dict(narrowed.inputs), found),
        packs={
            "documents": narrowed.documents,
            "annotations": narrowed.annotations,
            "transcriptions": narrowed.transcriptions,
        },
    )


def _without_documents(corpus: Corpus) -> Corpus:
    """Return the corpus with the inputs that are not files of its documents."""
    inputs = {
        path: sha256
        for path, sha256 in corpus.inputs.items()
        if not path.startswith(("documents/", "texts/", "annotations/"))
    }
    return replace(
        corpus, documents={}, annotations={}, transcriptions={}, sources={}, lock=None, inputs=inputs
    )


def _with_documents(store: WorkStore, bare: Corpus, part: str) -> Corpus:
    done = read_result(store, part)
    packs: dict[str, Any] = {pack: dict(stored_mapping(store, [done], pack)) for pack in PACKS[:3]}
    return replace(bare, **packs, inputs=dict(done.summary.inputs))


def _has_documents(place: CorpusPlace) -> bool:
    return place.is_folder and Path(place.address, "documents").is_dir()


def _stamp_sources(sources: Path | None) -> str:
    """Return what tells one state of a folder of sources from another."""
    if sources is None:
        return ""
    stats = [(path.name, path.stat()) for path in sorted(sources.iterdir())]
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])
