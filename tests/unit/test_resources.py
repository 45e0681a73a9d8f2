"""Resources: the folders that are not Python, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

from generator.resources import SITE_OVERRIDES, TEMPLATES, find_resource


def test_a_checkout_has_its_folders_beside_the_package() -> None:
    assert (TEMPLATES / "document.md.j2").is_file()
    assert (SITE_OVERRIDES / "main.html").is_file()


def test_a_wheel_has_them_inside(tmp_path: Path) -> None:
    (tmp_path / "generator/templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    assert find_resource("templates", tmp_path / "generator") == tmp_path / "generator/templates"
