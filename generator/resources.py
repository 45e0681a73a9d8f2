"""Where the files that are not Python stand: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Resource = Literal["templates", "site_overrides"]

PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: Resource) -> Path:
    """Return the folder of that name.

    Raises:
        FileNotFoundError: the package was installed without it.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"dossier was installed without its folder {name!r}")
