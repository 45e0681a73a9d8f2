"""The template engine: every value is escaped unless it is Markdown already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from generator.render.escape import Markdown, escape_attribute, escape_text, yaml_value
from generator.render.languages import language_attributes
from generator.render.strings import Strings


def open_templates(folders: Sequence[Path], strings: Strings | None = None) -> Environment:
    """Return the environment of folders of templates, the first that holds a name wins.

    An unknown name in a template is an error, not a blank. `t("key")` writes words of the interface, `lang("en")` the
    attributes of an element in another language than the dossier's.
    """
    environment = Environment(
        loader=FileSystemLoader(list(folders)),
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,  # noqa: S701 - HTML's escaping does not know Markdown; _finalize escapes for both
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Templates do not change while pages are made; each use of one would ask the disk.
        auto_reload=False,
    )
    if strings is not None:
        environment.globals["t"] = strings
        environment.filters["number"] = strings.number
        environment.globals["lang"] = lambda language: language_attributes(language, strings.locale)
    environment.filters["attribute"] = escape_attribute
    environment.filters["yaml"] = yaml_value
    environment.filters["plain"] = _yaml_path
    return environment


def compile_templates(environment: Environment) -> None:
    """Compile the pages' templates and partials, which the environment then holds.

    A broken one is passed over: what is wrong with it is told by the page that needs it, if any does.
    """
    for name in environment.list_templates(extensions=["j2"]):
        if name.endswith(".md.j2"):
            with suppress(TemplateError, UnicodeDecodeError):
                environment.get_template(name)


def _finalize(value: Any) -> Any:
    """Return what `{{ … }}` writes: Markdown as it is, all else as plain text that no parser takes for code."""
    if isinstance(value, Markdown):
        return value
    return escape_text(str(value))


def _yaml_path(path: str) -> Markdown:
    """Return a path as a double-quoted YAML scalar that MkDocs, not the theme, reads."""
    return Markdown(json.dumps(path, ensure_ascii=False))
