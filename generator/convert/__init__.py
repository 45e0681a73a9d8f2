"""Generated Markdown to HTML, as the site builder's own parser would write it."""

from generator.convert.extension import contents_of, reads_generated_pages
from generator.convert.page import ReadPage, read_page

__all__ = ["ReadPage", "contents_of", "read_page", "reads_generated_pages"]
