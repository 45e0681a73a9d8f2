"""A `mkdocs.yml` of the editors' own that was made for an earlier version is named, with what to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import format_diagnostic
from generator.layout import find_layout
from generator.resources import TEMPLATES
from generator.site.outdated_settings import find_outdated_settings

EARLIER = """\
site_name: Papers
use_directory_urls: false
theme:
  name: material
  custom_dir: {custom_dir}
  features:
    - content.footnote.tooltips
    - navigation.tabs
plugins:
  - search:
      lang: en
  - offline
extra:
  polyfills:
    - assets/javascripts/iframe-worker.js
"""


def write_config(folder: Path, custom_dir: str) -> None:
    (folder / "corpus/documents").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(EARLIER.format(custom_dir=custom_dir))


def test_a_configuration_of_an_earlier_version_is_told_each_change(tmp_path: Path) -> None:
    write_config(tmp_path, ".dossier/site_overrides")
    layout, found = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert layout is not None
    assert [format_diagnostic(one) for one in found] == [
        "mkdocs.yml:1:1: warning[outdated-site-config] some settings belong to an earlier version of dossier\n"
        "  why:  the dossier has cards and a search of its own now, and the theme's would stand beside them\n"
        "  help: remove `search` and `offline` from `plugins` (`plugins: []` where none is left); remove"
        " `content.footnote.tooltips` from the theme's `features`; remove `iframe-worker.js` from `polyfills`"
    ]


def test_who_keeps_a_theme_of_their_own_is_not_told(tmp_path: Path) -> None:
    write_config(tmp_path, "my_theme")
    _, found = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert found == ()


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ({}, 1),
        ({"plugins": []}, 0),
        ({"plugins": {"search": {"lang": "en"}}}, 1),
        ({"plugins": ["blog", {"material/search": None}]}, 1),
        ({"plugins": None, "theme": {"features": None}, "extra": {"polyfills": None}}, 0),
        ({"plugins": [], "theme": "material", "extra": ["x"]}, 0),
        ({"plugins": [], "theme": {"features": ["content.tooltips"]}}, 1),
    ],
)
def test_settings_of_any_shape_are_read(settings: dict[str, object], count: int) -> None:
    assert len(find_outdated_settings(settings)) == count
