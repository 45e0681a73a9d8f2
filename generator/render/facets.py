"""What a page says of itself to search: its kind, its date, and the actors and issues that it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.corpus import Corpus
from generator.model.records import ActorRecord, Alias, IssueRecord
from generator.render.page import Dossier
from generator.text.dates import FIRST_DAY, LAST_DAY, parse_date

# A century as a date would make a hundred facets of little use.
MAX_YEARS = 30
# Pages of words, as against lists and pictures of what stands elsewhere; those are found by their name alone.
WORDED = frozenset(("home", "about", "corrections", "corrections-part"))


def page_facets(dossier: Dossier, template: str, slug: str, date: str) -> dict[str, str]:
    """Return the facets of one page by name. Slugs and years are joined by spaces; what is empty is left out.

    `template` says the kind of page, `slug` which one, `date` is its date in words.
    """
    corpus = dossier.corpus
    if template == "document":
        facets = _document_facets(dossier, slug)
    elif template == "actor":
        record = corpus.actors[slug].record
        facets = {"actors": slug, "kind": record.kind, "aliases": _aliases(record.name, record)}
    elif template == "issue":
        issue = corpus.issues[slug].record
        facets = {"issues": slug, "aliases": _aliases(issue.title, issue)}
    elif template == "source":
        facets = _dated(corpus.citations[slug].issued)
    elif template in (
        "search",
        "whole",
        "moved",
        "withdrawn",
        "list-part",
        "index-part",
        "gaps-part",
        "rights-part",
    ):
        return {"page": "none"}
    else:
        return {"page": "page" if template in WORDED else "index"}
    facets |= {"page": template, "slug": slug, "when": date}
    return {name: value for name, value in sorted(facets.items()) if value}


def _document_facets(dossier: Dossier, slug: str) -> dict[str, str]:
    record = dossier.corpus.documents[slug].record
    statements = dossier.index.of_document.get(slug, ())
    named = dossier.index.names_of.get(slug, {})
    people = {
        *(name for name in named if dossier.corpus.kind_of(name) == "actor"),
        *record.authors,
        *record.signatories,
        *record.recipients,
        *(actor for s in statements for actor in (*s.annotation.speakers, *s.annotation.addressees)),
    }
    issues = {
        *(name for name in named if dossier.corpus.kind_of(name) == "issue"),
        *record.issues,
        *(issue for s in statements for issue in s.annotation.issues),
    }
    return {
        "kind": record.kind,
        "actors": _joined(dossier.corpus, people),
        "issues": _joined(dossier.corpus, issues),
        "publisher": record.publisher or "",
        "aliases": record.short_title or "",
        **_dated(record.date),
    }


def _dated(edtf: str | None) -> dict[str, str]:
    """Return the day that pages are sorted by, and the years that the date can mean."""
    if not edtf:
        return {}
    date = parse_date(edtf)
    if (date.earliest, date.latest) == (LAST_DAY, LAST_DAY):
        return {}
    first, last = (date.latest if date.earliest == FIRST_DAY else date.earliest), date.latest
    if last == LAST_DAY:
        last = first
    years = range(int(first[:4]), int(last[:4]) + 1)
    return {"date": date.earliest, "years": " ".join(map(str, years)) if len(years) <= MAX_YEARS else ""}


def _aliases(name: str, record: ActorRecord | IssueRecord) -> str:
    """Return all names of an actor or issue in one line: whoever types one of them is led to this page first."""
    aliases = [a.alias if isinstance(a, Alias) else a for a in record.aliases]
    return " · ".join(dict.fromkeys([name, *aliases]))


def _joined(corpus: Corpus, slugs: Iterable[str]) -> str:
    """Return the slugs in order; those of pages that the corpus lacks were reported by `check`."""
    return " ".join(sorted(slug for slug in slugs if corpus.kind_of(slug)))
