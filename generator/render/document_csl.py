"""A document of the dossier as an entry of a bibliography, made from its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.corpus import Corpus
from generator.model.records import CitationEntry, DocumentRecord
from generator.render.citation_markup import clean_text
from generator.text.csl_dates import split_csl_date
from generator.text.dates import UNDATED, DateWords, format_date, parse_date

# The type of CSL 1.0.2 by words of the record's free `kind`, in the languages that the tool speaks; the first that fits
# counts, so that "news report" is no report. Other kinds are `document`, with their own word as the genre.
TYPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("article-newspaper", ("news report", "news article", "newspaper", "press report", "press article")),
    ("article-newspaper", ("nachrichtenartikel", "zeitungs", "pressebericht", "presseartikel")),
    ("article-magazine", ("magazine", "magazin", "zeitschriftenartikel")),
    ("post-weblog", ("blog",)),
    ("post", ("tweet", "social media", "forum post")),
    ("personal_communication", ("letter", "email", "e-mail", "telegram", "cable", "correspondence")),
    ("personal_communication", ("brief", "schreiben", "telegramm")),
    ("interview", ("interview", "oral history")),
    ("hearing", ("hearing", "testimony", "anhörung")),
    ("bill", ("bill", "gesetzentwurf", "gesetzesentwurf")),
    ("treaty", ("treaty", "convention", "vertrag", "abkommen")),
    ("legislation", ("statute", "law", "act", "executive order", "gesetz", "verordnung")),
    ("legal_case", ("judgment", "judgement", "ruling", "court decision", "urteil", "beschluss")),
    ("patent", ("patent",)),
    ("thesis", ("thesis", "dissertation")),
    ("speech", ("speech", "lecture", "remarks", "rede", "vortrag")),
    ("broadcast", ("broadcast", "radio", "television", "rundfunk")),
    ("map", ("map", "karte")),
    ("webpage", ("web page", "webpage", "website", "webseite")),
    ("report", ("report", "bericht", "study", "studie")),
    ("article-journal", ("journal article", "paper", "aufsatz")),
    ("book", ("book", "buch")),
)
# "law" is not in "flaw", nor "letter" in "newsletter": words shorter than this count only where they stand alone.
SHORT = 7
# Types whose publisher is what the text appeared in.
IN_CONTAINER = frozenset(
    (
        "article-newspaper",
        "article-magazine",
        "article-journal",
        "webpage",
        "post",
        "post-weblog",
        "broadcast",
    )
)
# In bibliographies a kind that these types stand for needs no word of its own.
WITHOUT_GENRE = IN_CONTAINER | {"book", "bill", "legislation", "legal_case", "treaty", "patent"}


def csl_type(kind: str) -> str:
    """Return the type of CSL 1.0.2 for the free words of a record's `kind`; `document` where none fits."""
    words = " ".join(kind.casefold().split())
    for name, signs in TYPES:
        if any(sign in (words.split() if len(sign) < SHORT else words) for sign in signs):
            return name
    return "document"


def document_entry(corpus: Corpus, slug: str, words: DateWords) -> CitationEntry:
    """Return the entry of a document: its authors or signatories, addressees, date, publisher and address.

    Only what the record says goes in; a name is split in two where its actor has a `sort_name`. A date that
    CSL-JSON has no numbers for, such as `about February 2026`, is given in words too.
    """
    record = corpus.documents[slug].record
    kind = csl_type(record.kind)
    publisher = corpus.name_of(record.publisher) if record.publisher else ""
    values: dict[str, Any] = {
        "title": record.title,
        "author": _names(corpus, record.authors or record.signatories),
        "recipient": _names(corpus, record.recipients),
        "issued": _issued(record.date, words),
        "container-title" if kind in IN_CONTAINER else "publisher": publisher,
        "genre": "" if kind in WITHOUT_GENRE else record.kind,
        "language": record.language or corpus.dossier.record.language,
        "URL": find_address(record),
    }
    csl = {key: _cleaned(value) for key, value in values.items() if value}
    return CitationEntry(
        id=slug,
        type=kind,
        title=record.title,
        issued=record.date,
        url=find_address(record) or None,
        csl={"id": slug, "type": kind, **csl},
    )


def find_address(record: DocumentRecord) -> str:
    """Return where the document stands on the web: the publisher's own page, or else the hand nearest to the origin."""
    steps = [step for step in record.provenance if step.url]
    own = [step for step in steps if record.publisher and step.actor == record.publisher]
    return next((step.url for step in [*own, *steps] if step.url), "")


def _issued(edtf: str, words: DateWords) -> dict[str, Any]:
    if edtf == UNDATED:
        return {}
    csl, is_whole = split_csl_date(edtf)
    return csl if is_whole else {**csl, "literal": clean_text(format_date(parse_date(edtf), words))}


def _names(corpus: Corpus, slugs: Sequence[str]) -> list[dict[str, str]]:
    return [_name(corpus, slug) for slug in slugs]


def _name(corpus: Corpus, slug: str) -> dict[str, str]:
    actor = corpus.actors[slug].record
    family, comma, given = (actor.sort_name or "").partition(",")
    if comma and family.strip() and given.strip():
        return {"family": clean_text(family), "given": clean_text(given)}
    return {"literal": clean_text(actor.name)}


def _cleaned(value: Any) -> Any:
    return clean_text(value) if isinstance(value, str) else value


def plain_csl(entry: CitationEntry) -> Mapping[str, Any]:
    """Return the entry as CSL-JSON has it, its keys in alphabetical order after id and type."""
    rest = {key: entry.csl[key] for key in sorted(entry.csl) if key not in ("id", "type")}
    return {"id": entry.id, "type": entry.type, **rest}
