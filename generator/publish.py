"""`published.lock`: what the dossier's last publication held, against which later changes are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.check import publish_state
from generator.disk import replace_file
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.published import PublishedPage, PublishedState

LOCK_NAME = "published.lock"
HEADER = """\
# What was published last, written by `dossier publish`: never edit it, keep it under version control.
# A change of what stands here needs an entry in corrections.yml; what is retired is never used again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a publication records, and how that differs from the last one: counts of pages and annotations.

    `lines` says what is new, changed and retired, one line for each page or annotation.
    """

    content: bytes
    is_changed: bool
    counts: Mapping[str, int]
    lines: tuple[str, ...]


def plan_publication(corpus: Corpus, linked: LinkedCorpus, folder: Path) -> Publication:
    """Return what `published.lock` in the corpus folder is to hold; writes nothing."""
    state = publish_state(corpus, linked)
    content = format_lock(state)
    former = corpus.published.record if corpus.published else None
    target = folder / LOCK_NAME
    return Publication(
        content=content,
        is_changed=not target.is_file() or target.read_bytes() != content,
        counts={
            "pages": len(state.pages),
            "annotations": sum(len(page.annotations) for page in state.pages.values()),
            "corrections": len(state.corrections),
            "retired": len(state.retired.pages) + len(state.retired.annotations),
        },
        lines=tuple(_differences(former.pages if former else {}, state.pages)),
    )


def write_publication(publication: Publication, folder: Path) -> None:
    """Replace `published.lock` in one step."""
    replace_file(folder / LOCK_NAME, publication.content)


def format_lock(state: PublishedState) -> bytes:
    """Return the file of a state: sorted, one value a line, so that a diff shows what was published."""
    pages = {slug: _without_empty(asdict(page)) for slug, page in sorted(state.pages.items())}
    retired = _without_empty(asdict(state.retired))
    value = {
        "version": state.version,
        "pages": pages,
        "corrections": list(state.corrections),
        "retired": retired,
    }
    text = yaml.safe_dump(
        _without_empty(value), allow_unicode=True, sort_keys=False, default_flow_style=False, width=1000
    )
    return (HEADER + text).encode()


def _without_empty(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as YAML has it: without what is empty, tuples as lists."""
    plain: dict[str, Any] = {}
    for key, each in value.items():
        if isinstance(each, Mapping):
            each = {
                name: _without_empty(one) if isinstance(one, Mapping) else one for name, one in each.items()
            }
        if each:
            plain[key] = list(each) if isinstance(each, tuple) else each
    return plain


def _differences(former: Mapping[str, PublishedPage], present: Mapping[str, PublishedPage]) -> list[str]:
    """Return a line for each page and annotation that is new (+), changed (~) or gone (-)."""
    lines = []
    for slug in sorted({*former, *present}):
        if slug not in former:
            lines.append(f"+ {slug}")
        elif slug not in present:
            lines.append(f"- {slug}")
        else:
            old, new = former[slug], present[slug]
            if (old.kind, old.words, old.passages) != (new.kind, new.words, new.passages):
                lines.append(f"~ {slug}")
            for identity in sorted({*old.annotations, *new.annotations}):
                before, after = old.annotations.get(identity), new.annotations.get(identity)
                if before != after:
                    sign = "+" if before is None else "-" if after is None else "~"
                    lines.append(f"{sign} {slug}#{identity}")
    return lines
