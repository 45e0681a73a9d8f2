"""What is wrong in the theme's own HTML is mended in the built pages."""

from __future__ import annotations

from pathlib import Path

from generator.finish.theme_faults import mend_pages

TOGGLE = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">'
FIELD = '<input class="search-input" type="search" name="q" autocomplete="off">'


def test_switches_lose_an_attribute_that_they_cannot_have_and_fields_keep_it(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<body>{TOGGLE}\n{FIELD}\n&lt;input autocomplete=&quot;off&quot;", "utf-8")
    mend_pages(tmp_path)
    once = page.read_text("utf-8")
    expected = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">'
    assert once == f"<body>{expected}\n{FIELD}\n&lt;input autocomplete=&quot;off&quot;"
    mend_pages(tmp_path)
    assert page.read_text("utf-8") == once
