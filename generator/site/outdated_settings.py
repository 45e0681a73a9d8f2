"""Settings of an editors' `mkdocs.yml` that were right for an earlier version of the tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

THEME_SEARCH = frozenset({"search", "material/search", "offline", "material/offline"})
THEME_CARDS = ("content.footnote.tooltips", "content.tooltips")
FAST_READER = "generator.convert.extension"
FRAME_WORKER = "iframe-worker.js"


def find_outdated_settings(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what to change in the settings, each as an instruction; empty where nothing is outdated."""
    return tuple(_instructions(settings))


def _instructions(settings: Mapping[str, Any]) -> Iterator[str]:
    plugins = settings.get("plugins")
    names = _names(plugins)
    if "plugins" not in settings:
        yield "write `plugins: []`"
    elif THEME_SEARCH.intersection(names):
        yield "remove `search` and `offline` from `plugins` (`plugins: []` where none is left)"
    extensions = settings.get("markdown_extensions")
    if isinstance(extensions, list) and FAST_READER not in _names(extensions):
        yield f"add `{FAST_READER}` to `markdown_extensions`: pages are built in a fraction of the time"
    theme = settings.get("theme")
    features = _names(theme.get("features")) if isinstance(theme, Mapping) else ()
    for feature in THEME_CARDS:
        if feature in features:
            yield f"remove `{feature}` from the theme's `features`"
    extra = settings.get("extra")
    polyfills = _names(extra.get("polyfills")) if isinstance(extra, Mapping) else ()
    if any(name.endswith(FRAME_WORKER) for name in polyfills):
        yield f"remove `{FRAME_WORKER}` from `polyfills`"


def _names(listed: object) -> tuple[str, ...]:
    """Return the names in a list of names, of mappings from a name to its settings, or in such a mapping."""
    if isinstance(listed, Mapping):
        return tuple(str(name) for name in listed)
    if not isinstance(listed, list):
        return ()
    found: list[str] = []
    for one in listed:
        found.extend(_names(one) if isinstance(one, Mapping) else (str(one),))
    return tuple(found)
