"""What the pipeline has to know of `mkdocs.yml`, read without MkDocs and whatever tags stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place
from generator.site.outdated_settings import find_outdated_settings

OWN_HOOKS = "site_overrides/hooks.py"
# Extensions of Markdown that read nothing but the page.
KNOWN_EXTENSIONS = frozenset(
    (
        "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "generator.convert.extension",
        "md_in_html", "nl2br", "sane_lists", "smarty", "tables", "toc",
    )
)  # fmt: skip
# !ENV, !!python/name:…, !relative
OPEN_TAG = re.compile(r"(?m)^[^#\n]*[\s\[:]!")


@dataclass(frozen=True, slots=True, kw_only=True)
class MkdocsPaths:
    """Where the builder reads and writes, as absolute paths, and the form of its links.

    `custom_dir` is the folder of the theme's overrides, None where there is none. `outdated` says what to change in
    settings that were right for an earlier version of the tool.
    """

    config: Path
    docs_dir: Path
    site_dir: Path
    use_directory_urls: bool
    custom_dir: Path | None = None
    outdated: tuple[str, ...] = ()


def read_mkdocs_paths(config: Path) -> tuple[MkdocsPaths | None, tuple[Diagnostic, ...]]:
    """Return the folders named in `mkdocs.yml`, with MkDocs's defaults for what it leaves out.

    `INHERIT` and `!ENV` are followed as MkDocs does; other tags, such as `!!python/name:…`, are read as nothing and
    never run. None when the file is missing or no YAML mapping.
    """
    config = config.absolute()
    settings, found = _read_settings(config, frozenset())
    if found:
        return None, found
    paths = MkdocsPaths(
        config=config,
        docs_dir=config.parent / str(settings.get("docs_dir") or "docs"),
        site_dir=config.parent / str(settings.get("site_dir") or "site"),
        use_directory_urls=settings.get("use_directory_urls") is not False,
        custom_dir=_custom_dir(config, settings.get("theme")),
        outdated=find_outdated_settings(settings),
    )
    return paths, ()


def is_closed_config(config: Path) -> bool:
    """Return whether a site depends on nothing but the files that Dossier knows.

    Plugins, hooks of the editors' own, tags that read variables or run code, and inherited files could bring in more.
    """
    try:
        text = config.read_text(encoding="utf-8")
        settings = yaml.load(text, Loader=_TolerantLoader)  # noqa: S506 (it is a safe loader)
    except (OSError, ValueError, yaml.YAMLError):
        return False
    if not isinstance(settings, dict) or "INHERIT" in settings or OPEN_TAG.search(text):
        return False
    hooks, plugins = settings.get("hooks") or [], settings.get("plugins") or []
    are_ours = isinstance(hooks, list) and all(str(hook).endswith(OWN_HOOKS) for hook in hooks)
    extensions = settings.get("markdown_extensions") or []
    names = [next(iter(one), "") if isinstance(one, dict) else one for one in extensions]
    return are_ours and plugins in ([], ["search"]) and KNOWN_EXTENSIONS.issuperset(map(str, names))


def _custom_dir(config: Path, theme: object) -> Path | None:
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    return config.parent / str(folder) if folder else None


class _TolerantLoader(yaml.SafeLoader):
    """A safe loader that reads unknown tags as None."""


def _ignore_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    """Return nothing for a tag of an extension."""


_TolerantLoader.add_multi_constructor("!", _ignore_tag)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)
_TolerantLoader.add_constructor("!ENV", construct_env_tag)


def _read_settings(config: Path, seen: frozenset[Path]) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Return the top-level settings, those of an inherited file first; `seen` are the files that inherit this one."""
    try:
        settings = yaml.load(config.read_bytes(), Loader=_TolerantLoader)  # noqa: S506 (it is a safe loader)
    except OSError as fault:
        return {}, (_bad(config, f"cannot be read: {fault.strerror}"),)
    except (yaml.YAMLError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return {}, (_bad(config, f"is no valid YAML: {getattr(fault, 'problem', fault)}", line, column),)
    if not isinstance(settings, dict):
        return {}, (_bad(config, "is no mapping of settings"),)
    parent = settings.get("INHERIT")
    if parent is None:
        return settings, ()
    path = config.parent / str(parent)
    if path in seen:
        return {}, (_bad(config, f"inherits itself by way of `{parent}`"),)
    inherited, found = _read_settings(path, seen | {config, path})
    return {**inherited, **settings}, found


def _bad(config: Path, fault: str, line: int = 1, column: int = 1) -> Diagnostic:
    return error(
        Place(path=config.name, line=line, column=column),
        "bad-site-config",
        f"the site's configuration {fault}",
        why="it says where pages are read and where the site is built",
        help="at the least, `site_name: …` in a file `mkdocs.yml` beside the corpus",
    )
