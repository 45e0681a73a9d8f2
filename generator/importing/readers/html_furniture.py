"""Which elements of a page are shown to nobody, and which are the site's and not the document's."""

from __future__ import annotations

import re

from lxml import etree

from generator.importing.readers.html_tree import classes_of, tag_of

DROPPED = frozenset((
    "head", "script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "applet", "audio", "video",
    "canvas", "map", "datalist", "annotation", "rp", "noframes",
))  # fmt: skip
# They stand in a paragraph without parting it.
INLINE_FURNITURE = frozenset(("button", "select", "label", "legend", "textarea", "option"))
BLOCK_FURNITURE = frozenset(("nav", "aside", "form", "dialog", "menu"))
# Around them header and footer belong to the document.
DOCUMENT = frozenset(("article", "main"))
NEVER = frozenset(("html", "body", "main", "article"))
ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "form",
        "dialog",
        "alertdialog",
        "menu",
    )
)
# display: none;   visibility:hidden;  mso-hide:all
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# cookie-consent-banner   onetrust-banner-sdk
CONSENT = re.compile(r"cookie|consent|gdpr|onetrust|didomi")
# share-buttons   related_posts   breadcrumbs
SITE_PART = re.compile(
    r"(?:share|sharing|social|social-share|share-bar|addtoany|(?:bread)?crumbs?|newsletter|subscribe|sign-?up|related|recommended"
    r"|more-stories|read-next|sidebar|widget|advert|advertisement|ad-slot|sponsored|promo|paywall|comments|disqus_thread"
    r"|site-header|site-footer|page-header|page-footer|masthead|colophon|navbar|menu|pagination|pager|toolbar|skip-link)"
    r"(?:[-_](?:buttons?|links?|posts?|articles?|stories|list|box|form|area|section|container|wrapper|bar|block|content"
    r"|icons?|menu|nav|items?|widget|area))*"
)
# Parts of a line: Wikipedia's [edit], a "Skip to content", a permalink's sign.
INLINE_CLASSES = frozenset((
    "mw-editsection", "headerlink", "skip", "skip-link", "sr-only", "visually-hidden", "screen-reader-text",
    "header-anchor", "anchorjs-link", "noprint",
))  # fmt: skip
# footnotes   mw-references-wrap   doc-endnotes
NOTES = re.compile(r"foot-?note|end-?note|^references?$|reflist|mw-references|^notes$")


def is_hidden(element: etree._Element) -> bool:
    """Return whether a browser shows nothing of the element, or its author hid it from screen readers."""
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").strip().casefold() == "true"
        or UNSEEN.search(element.get("style") or "") is not None
    )


def is_inline_furniture(element: etree._Element, tag: str) -> bool:
    """Return whether the element is a control within a line."""
    return tag in INLINE_FURNITURE or (
        tag in ("a", "span", "button", "sup") and not INLINE_CLASSES.isdisjoint(classes_of(element))
    )


def is_furniture(element: etree._Element, tag: str, *, is_in_document: bool) -> bool:
    """Return whether the element and all in it belong to the site. Blocks of notes never do."""
    if tag in NEVER:
        return False
    names = classes_of(element)
    role = (element.get("role") or "").casefold()
    if role.startswith("doc-") or any(NOTES.search(name) for name in names):
        return False
    if tag in BLOCK_FURNITURE or role in ROLES:
        return True
    if tag in ("header", "footer"):
        # pandoc writes the document's own title into it.
        return not is_in_document and "title-block-header" not in names
    return any(CONSENT.search(name) or SITE_PART.fullmatch(name) for name in names)


def is_document(element: etree._Element, tag: str) -> bool:
    """Return whether the element holds the document proper."""
    return tag in DOCUMENT or (element.get("role") or "").casefold() in ("main", "article")


def tag_is_heading(element: etree._Element) -> int:
    """Return the level of a heading, or 0."""
    tag = tag_of(element)
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if (element.get("role") or "").casefold() == "heading":
        level = element.get("aria-level") or "2"
        return int(level) if level in "123456" and level else 2
    return 0
