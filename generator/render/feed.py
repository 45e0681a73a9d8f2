"""The corrections as an Atom feed (RFC 4287), the same at every build: it takes no clock."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from generator.model.linked import LinkedText
from generator.model.records import Correction
from generator.render.corrected import newest_first
from generator.render.escape import FORBIDDEN
from generator.render.page import Dossier, place_of_correction
from generator.render.pages.corrections import name_of_target
from generator.render.paths import CORRECTIONS_FEED, CORRECTIONS_PAGE
from generator.text.ids import correction_id

ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What readers of feeds have not seen yet is among the newest.
FEED_ENTRIES = 100
ElementTree.register_namespace("", ATOM)


def render_feed(dossier: Dossier) -> bytes:
    """Return the feed of the newest entries, the newest first; links are relative to it.

    Ids are made of the dossier's title and the entry's id, dates are those of the entries, at the beginning of the day.
    """
    record, strings = dossier.corpus.dossier.record, dossier.strings
    entries = newest_first(dossier.corpus)[:FEED_ENTRIES]
    feed_id = uuid5(NAMESPACE_URL, f"dossier:{record.title}")
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {XML_LANGUAGE: record.language})
    _add(feed, "id", feed_id.urn)
    title = strings.plain("corrections_feed", dossier=record.title, corrections=strings.plain("corrections"))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(entries[0].date))
    _add(feed, "link", rel="self", type="application/atom+xml", href=CORRECTIONS_FEED)
    _add(feed, "link", rel="alternate", type="text/html", href=_address(CORRECTIONS_PAGE))
    for editor in record.editors or (record.title,):
        _add(_add(feed, "author"), "name", editor)
    for entry in entries:
        element = _add(feed, "entry")
        _add(element, "id", uuid5(feed_id, entry.id).urn)
        _add(element, "title", _title(dossier, entry))
        _add(element, "updated", _moment(entry.date))
        own = correction_id(entry.id)
        address = _address(place_of_correction(dossier, own))
        _add(element, "link", rel="alternate", type="text/html", href=f"{address}#{own}")
        words = (dossier.linked.text("", "correction", f"{entry.id}.{key}") for key in ("what", "why"))
        _add(element, "content", "\n\n".join(_words(text) for text in words), type="text")
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _address(path: str) -> str:
    return path.replace(".md", ".html")


def _add(parent: ElementTree.Element, tag: str, words: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    element.text = FORBIDDEN.sub("\ufffd", words) or None
    return element


def _title(dossier: Dossier, entry: Correction) -> str:
    """Return the kind of an entry and the names of the pages that it concerns."""
    strings = dossier.strings
    kind = strings.plain(f"correction_{entry.kind}")
    names = dict.fromkeys(name_of_target(dossier, target) for target in entry.targets)
    pages = strings.plain("list_separator").join(name for name in names if name)
    return strings.plain("correction_title", kind=kind, pages=pages) if pages else kind


def _words(text: LinkedText | None) -> str:
    """Return the visible words of a field, on one line."""
    return " ".join(" ".join(leaf.text.split()) for leaf in text.leaves) if text else ""


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
