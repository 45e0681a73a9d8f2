"""Verify: the built site's links and requests, on demand the addresses outside, and copies of a site."""

from generator.verify.copy import CheckedCopy, verify_copy
from generator.verify.external import ExternalSummary, check_external
from generator.verify.links import LinkSummary, check_links

__all__ = ["CheckedCopy", "ExternalSummary", "LinkSummary", "check_external", "check_links", "verify_copy"]
