"""Verify: the built site's links, requests and leaks, and on demand the addresses outside."""

from generator.verify.external import ExternalSummary, check_external
from generator.verify.leaks import scan_file, scan_site
from generator.verify.links import LinkSummary, check_links

__all__ = ["ExternalSummary", "LinkSummary", "check_external", "check_links", "scan_file", "scan_site"]
