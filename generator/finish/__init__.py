"""What is done to a built site before it is published: the search index, the content policy, the list of its files."""

from generator.finish.finish import finish_site
from generator.finish.manifest import write_manifest
from generator.finish.page import finish_page
from generator.finish.search_index import write_search_index
from generator.finish.whole import PAGES as PAGES_OF_PAGES

__all__ = ["PAGES_OF_PAGES", "finish_page", "finish_site", "write_manifest", "write_search_index"]
