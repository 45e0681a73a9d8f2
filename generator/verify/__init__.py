"""Verify: the built site's links and requests, and on demand the addresses outside."""

from generator.verify.external import ExternalSummary, check_external
from generator.verify.links import LinkSummary, check_links

__all__ = ["ExternalSummary", "LinkSummary", "check_external", "check_links"]
