"""Verify: the built site's links, requests and leaks, on demand the addresses outside, and copies of a site."""

from generator.verify.copy import CheckedCopy, verify_copy
from generator.verify.external import ExternalSummary, check_external
from generator.verify.leaks import scan_file, scan_pages, scan_site
from generator.verify.link_record import read_links, write_links
from generator.verify.links import LinkSummary, check_links
from generator.verify.scan_record import ScanRecord

__all__ = [
    "CheckedCopy",
    "ExternalSummary",
    "LinkSummary",
    "ScanRecord",
    "check_external",
    "check_links",
    "read_links",
    "scan_file",
    "scan_pages",
    "scan_site",
    "verify_copy",
    "write_links",
]
