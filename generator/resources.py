"""Where the files that are not Python stand: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path


def find_resource(name: str, package: Path) -> Path:
    """Return the folder of that name inside the package's folder, or else beside it."""
    inside = package / name
    return inside if inside.is_dir() else package.with_name(name)


PACKAGE = Path(__file__).resolve().parent
TEMPLATES = find_resource("templates", PACKAGE)
SITE_OVERRIDES = find_resource("site_overrides", PACKAGE)
