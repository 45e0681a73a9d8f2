"""What is done to a built site before it is published: the search index, the content policy, the list of its files."""

from generator.finish.finish import finish_site
from generator.finish.manifest import write_manifest

__all__ = ["finish_site", "write_manifest"]
