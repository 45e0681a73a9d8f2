"""Each page is told its own address."""

from __future__ import annotations

import pytest

from generator.finish.page import finish_page
from generator.render.assets import css_string


def add_address(page: str, path: str) -> str:
    return finish_page(page.encode(), path, "site", has_policy=False)[0].decode()


def test_address_is_the_page_s_path_where_it_has_none_on_the_web() -> None:
    once = add_address('<!doctype html>\n<html lang="en">\n<head></head>', "documents/memo.html")
    assert once == '<!doctype html>\n<html data-address="documents/memo.html" lang="en">\n<head></head>'
    assert add_address(once, "documents/memo.html") == once


def test_address_on_the_web_is_preferred() -> None:
    page = '<html><head><link rel="canonical" href="https://a.example/b.html?c=1&amp;d"></head>'
    assert add_address(page, "b.html").startswith(
        '<html data-address="https://a.example/b.html?c=1&amp;d"><head>'
    )


@pytest.mark.parametrize("page", ["", "<p>words", "<body><html>"])
def test_page_without_the_tag_stays_as_it_is(page: str) -> None:
    assert add_address(page, "a.html") == page


def test_string_of_a_style_sheet_is_ended_by_nothing_in_it() -> None:
    assert css_string('a"b\\c\n</style>') == '"a\\22 b\\5c c\\a \\3c \\2f style\\3e "'
