"""Site: pages to a built website, by MkDocs or another builder that reads the same `mkdocs.yml`."""

from generator.site.builder import MKDOCS, SiteBuild, build_site
from generator.site.commit import Commit, find_commit
from generator.site.epoch import source_date_epoch
from generator.site.folders import swap_site
from generator.site.mkdocs_paths import MkdocsPaths, read_mkdocs_paths

__all__ = [
    "MKDOCS",
    "Commit",
    "MkdocsPaths",
    "SiteBuild",
    "build_site",
    "find_commit",
    "read_mkdocs_paths",
    "source_date_epoch",
    "swap_site",
]
