"""What is done to a built site before it is published: the search index and the content policy."""

from generator.finish.finish import finish_site

__all__ = ["finish_site"]
