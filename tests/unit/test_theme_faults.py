"""What is wrong in the theme's own HTML is mended in the built pages."""

from __future__ import annotations

from generator.finish.theme_faults import mend_page

TOGGLE = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">'
FIELD = '<input class="search-input" type="search" name="q" autocomplete="off">'


def test_switches_lose_an_attribute_that_they_cannot_have_and_fields_keep_it() -> None:
    once = mend_page(f"<body>{TOGGLE}\n{FIELD}\n&lt;input autocomplete=&quot;off&quot;")
    expected = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">'
    assert once == f"<body>{expected}\n{FIELD}\n&lt;input autocomplete=&quot;off&quot;"
    assert mend_page(once) == once
