"""The write itself: intent first, each file in one step, so that any interruption can be repaired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, stops_build
from generator.disk import TEMPORARY_PREFIX, replace_file
from generator.write.lock import hold_lock
from generator.write.manifest import Hashes, format_manifest, read_manifest
from generator.write.names import ancestors, check_names
from generator.write.plan import Plan, plan_changes
from generator.write.staged import hash_of, put_file


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteSummary:
    """How many files a run wrote, found unchanged, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def write_files(
    files: Mapping[str, bytes], folder: Path, *, manifest: Path
) -> tuple[WriteSummary, tuple[Diagnostic, ...]]:
    """Return what was changed so that `folder` holds `files` beside the files of others.

    `files` maps relative POSIX paths to bytes. Files that the manifest lists and `files` does not are removed, with
    the folders this empties. On any error nothing is changed. A run killed at any point is repaired by the next one;
    a second process waits for the first. A file that already has the right bytes is adopted, whoever wrote it.
    """
    found = check_names(files, folder.name)
    if found:
        return WriteSummary(), found
    with hold_lock(manifest.with_name(f"{manifest.name}.lock")):
        recorded, read_found = read_manifest(manifest)
        plan, plan_found = plan_changes(files, folder, recorded)
        found = (*read_found, *plan_found)
        if stops_build(found):
            return WriteSummary(), found
        _apply(plan, files, folder, manifest, recorded)
    return WriteSummary(written=len(plan.writes), unchanged=plan.unchanged, removed=len(plan.removals)), found


def _apply(plan: Plan, files: Mapping[str, bytes], folder: Path, manifest: Path, recorded: Hashes) -> None:
    """Make the planned changes, in an order that leaves every file provably ours at every moment."""
    _remove_temporary_files({*files, *recorded}, folder, manifest)
    final = {path: frozenset({hash_of(files, path)}) for path in files}
    intent = {
        path: recorded.get(path, frozenset()) | final.get(path, frozenset()) for path in {*recorded, *final}
    }
    if plan.writes or plan.stale:
        replace_file(manifest, format_manifest(intent))
    for path in plan.removals:
        (folder / path).unlink()
    _remove_emptied_folders(plan.stale, folder)
    for path in plan.writes:
        put_file(files, path, folder / path)
    if final != recorded:
        replace_file(manifest, format_manifest(final))


def _remove_temporary_files(paths: Iterable[str], folder: Path, manifest: Path) -> None:
    """Delete what an interrupted run left half written."""
    parents = {manifest.parent, folder, *(folder / step for path in paths for step in ancestors(path))}
    for parent in sorted(parents):
        if not parent.is_dir():
            continue
        for leftover in sorted(parent.glob(f"{TEMPORARY_PREFIX}*")):
            leftover.unlink()


def _remove_emptied_folders(stale: Iterable[str], folder: Path) -> None:
    """Delete the folders of removed files that hold nothing any more, innermost first."""
    steps = {step for path in stale for step in ancestors(path)}
    for step in sorted(steps, key=lambda each: each.count("/"), reverse=True):
        parent = folder / step
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
