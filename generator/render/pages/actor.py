"""The page of one actor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from generator.model.places import Entry
from generator.model.records import ActorRecord, Alias
from generator.model.text import CitedTarget
from generator.render.blocks import render_line, render_text
from generator.render.cited import render_cited
from generator.render.escape import Markdown, escape_text
from generator.render.long_views import keep_statements
from generator.render.network.views import view_neighbourhood
from generator.render.page import Page
from generator.render.pages.corrections import view_corrections
from generator.render.pages.network import NETWORK_PAGE
from generator.render.pages.timeline import timeline_section
from generator.render.positions import list_positions, view_positions
from generator.render.proofs import count_proofs
from generator.render.views import fold, show_date, view_backlinks, view_statement
from generator.text.targets import parse_target

SHOWN_ADDRESSED = 5
SHOWN_CO_MENTIONS = 15
# Those named together most often; a list of thousands helps nobody and grows with the square of the register.
MAX_CO_MENTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """What the actor was, where and when; `proof` holds the marks of the notes that say so."""

    role: Markdown
    at: Markdown
    date: str
    proof: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class CoMentionView:
    """Another actor and the passages that name both."""

    link: Markdown
    passages: int


def actor_context(page: Page, entry: Entry[ActorRecord]) -> dict[str, object]:
    """Return what `actor.md.j2` shows, rendered in the order of the page."""
    record, slug, index = entry.record, entry.slug, page.dossier.index
    said, all_said = keep_statements(page, "statements", index.said_by.get(slug, ()))
    addressed, all_addressed = keep_statements(page, "addressed", index.said_to.get(slug, ()))
    return {
        "slug": slug,
        "title": record.name,
        "kind": record.kind,
        "aliases": _aliases(page, record),
        "identifiers": sorted(record.identifiers.items()),
        "roles": [_view_role(page, entry, position) for position in range(len(record.roles))],
        "profile": render_text(page, page.dossier.linked.text(slug, "profile")),
        "proofs": count_proofs(page, slug, "profile"),
        "timeline": timeline_section(page, "actor"),
        "positions": view_positions(page),
        "all_positions": list_positions(page),
        # The notes on relations stand in the positions, where there are any.
        "statements": [view_statement(page, s, has_relation_notes=slug not in index.positions) for s in said],
        "statement_count": len(index.said_by.get(slug, ())),
        "all_statements": all_said,
        "addressed": fold(
            [view_statement(page, s, has_relations=False) for s in addressed],
            SHOWN_ADDRESSED,
        ),
        "addressed_count": len(index.said_to.get(slug, ())),
        "all_addressed": all_addressed,
        "co_mentions": fold(
            [
                CoMentionView(link=page.link(other), passages=passages)
                for other, passages in islice(index.co_mentions.get(slug, {}).items(), MAX_CO_MENTIONS)
            ],
            SHOWN_CO_MENTIONS,
        ),
        "network": view_neighbourhood(page),
        "network_address": page.address_of(NETWORK_PAGE),
        **view_corrections(page, slug),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "backlinks": view_backlinks(page, slug),
    }


def _aliases(page: Page, record: ActorRecord) -> Markdown:
    """Return the aliases in a row, each kept apart from the direction of the others."""
    names = (alias.alias if isinstance(alias, Alias) else alias for alias in record.aliases)
    return page.dossier.strings.join(
        "list_separator", (Markdown(f"<bdi>{escape_text(name)}</bdi>") for name in names)
    )


def _view_role(page: Page, entry: Entry[ActorRecord], position: int) -> RoleView:
    role = entry.record.roles[position]
    cited = tuple(CitedTarget(target=parse_target(written)) for written in role.cites)
    proof = page.notes.cite(cited, lambda one: render_cited(page, one)) if cited else Markdown("")
    return RoleView(
        role=render_line(page, page.dossier.linked.text(entry.slug, "field", f"roles.{position}.role")),
        at=page.link(role.at) if role.at else Markdown(""),
        date=show_date(page, role.date) if role.date else "",
        proof=proof,
    )
