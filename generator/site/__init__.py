"""Site: pages to a built website, by MkDocs or another builder that reads the same `mkdocs.yml`."""

from generator.site.builder import MKDOCS, SiteBuild, build_site
from generator.site.commit import Commit, find_commit
from generator.site.epoch import source_date_epoch
from generator.site.folders import MARKER as SITE_MARKER
from generator.site.folders import swap_site
from generator.site.made_pages import (
    MadePages,
    keep_copy,
    keep_page,
    keep_same_files,
    read_made_pages,
    record_pages,
    write_made_pages,
)
from generator.site.mkdocs_paths import MkdocsPaths, is_closed_config, read_mkdocs_paths

__all__ = [
    "MKDOCS",
    "SITE_MARKER",
    "Commit",
    "MadePages",
    "MkdocsPaths",
    "SiteBuild",
    "build_site",
    "find_commit",
    "is_closed_config",
    "keep_copy",
    "keep_page",
    "keep_same_files",
    "read_made_pages",
    "read_mkdocs_paths",
    "record_pages",
    "source_date_epoch",
    "swap_site",
    "write_made_pages",
]
