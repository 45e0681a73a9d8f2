"""What a claim says beyond its words: how it was said, through whom it came, its figures, its relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal

from generator.model.index import RelatedStatement, Statement
from generator.model.records import Figure
from generator.render.blocks import render_line
from generator.render.escape import NOTHING, Markdown, escape_text
from generator.render.languages import language_attributes
from generator.render.page import Page
from generator.render.strings import FALLBACK_LANGUAGE
from generator.render.timeline_words import shorten
from generator.text.ids import annotation_id
from generator.text.targets import FoundTarget, find_target, parse_target

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# What is shown of the relations that other statements state of one.
MAX_RECEIVED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """How a statement stands to another: the relation in words, a link to the other, who said it and when, the note."""

    words: str
    link: Markdown
    said: str
    note: Markdown


def word_claim(page: Page, statement: Statement) -> str:
    """Return modality and status in words, such as "denies, quoted"; empty for a note that is no claim."""
    strings, annotation = page.dossier.strings, statement.annotation
    words = []
    if annotation.modality is not None:
        words.append(strings.plain(f"modality_{annotation.modality}"))
    if annotation.status is not None:
        words.append(strings.plain(f"status_{annotation.status.replace('-', '_')}"))
    return strings.plain("list_separator").join(words)


def view_facts(page: Page, statement: Statement, speakers: Markdown) -> Markdown:
    """Return the chain, the origin and the figures of a statement in one line; empty where it has none of them.

    The chain begins with the speakers; where none are named, with its own first step.
    """
    strings, annotation = page.dossier.strings, statement.annotation
    facts = []
    if annotation.chain:
        steps = [speakers] if annotation.speakers else []
        steps += [
            page.link(step.actor) if step.actor else escape_text(step.name or "") for step in annotation.chain
        ]
        facts.append(strings("statement_chain", steps=strings.join("chain_separator", steps)))
    if annotation.origin is not None:
        facts.append(strings("statement_origin", work=_link_origin(page, annotation.origin)))
    if annotation.figures:
        figures = [escape_text(word_figure(page, figure)) for figure in annotation.figures]
        facts.append(strings("statement_figures", figures=strings.join("list_separator", figures)))
    return Markdown(" ".join(f"<span>{fact}</span>" for fact in facts))


def word_figure(page: Page, figure: Figure) -> str:
    """Return a figure with its unit as the dossier's language writes it: "19.9% (share kept)", "$400,000,000"."""
    strings = page.dossier.strings
    locale = _locale(strings.locale)
    if figure.unit == "%":
        # The pattern of percents, such as "#,##0 %", says whether a space stands before the sign.
        is_close = str(locale.percent_formats[None].pattern).endswith("0%")
        words = format_decimal(figure.value, locale=locale) + ("%" if is_close else f"{NO_BREAK_SPACE}%")
    elif figure.unit in locale.currencies:
        is_whole = figure.value == int(figure.value)
        pattern = locale.currency_formats["standard"].pattern
        words = format_currency(
            figure.value,
            figure.unit,
            format=pattern.replace(".00", "") if is_whole else pattern,
            locale=locale,
            currency_digits=not is_whole,
        )
    else:
        words = f"{format_decimal(figure.value, locale=locale)}{NO_BREAK_SPACE}{figure.unit}"
    return strings.plain("statement_figure_of", figure=words, of=figure.of) if figure.of else words


def view_relations(
    page: Page, statement: Statement, *, has_notes: bool
) -> tuple[tuple[RelationView, ...], Markdown]:
    """Return the relations of a statement in the order of the index, and a link to where the rest of them are told.

    Of many that others state of it these are the newest; each other stands with the statement that states it.
    `has_notes` shows the notes of those that the statement itself states; the others' stand at the other end.
    """
    related, left_out = _choose_relations(page, statement)
    views = tuple(
        RelationView(
            words=word_relation(page, one),
            link=_link_other(page, one.statement),
            said=word_said(page, one.statement),
            note=view_note(page, statement, one) if has_notes and one.is_stated_here else NOTHING,
        )
        for one in related
    )
    if not left_out:
        return views, NOTHING
    # Those of its own document stand there among the annotations, the documents of others under what links to it.
    is_elsewhere = any(one.statement.document != statement.document for one in left_out)
    address = page.address(statement.document, "backlinks" if is_elsewhere else "annotations")
    return views, Markdown(f"[{page.dossier.strings('more_relations', n=len(left_out))}]({address})")


def _choose_relations(
    page: Page, statement: Statement
) -> tuple[Sequence[RelatedStatement], Sequence[RelatedStatement]]:
    """Return the relations of a statement that are shown, and those that are not: older ones that others state."""
    related = page.dossier.index.related.get((statement.document, statement.annotation.id), ())
    # The index has first those that are stated here.
    received = [at for at, one in enumerate(related) if not one.is_stated_here]
    if len(received) <= MAX_RECEIVED + 1:
        return related, ()
    first, end = received[0], len(related) - MAX_RECEIVED
    return (*related[:first], *related[end:]), related[first:end]


def word_relation(page: Page, related: RelatedStatement) -> str:
    """Return a relation in words, seen from the statement that has it."""
    kind = related.kind.replace("-", "_")
    strings = page.dossier.strings
    return strings.plain(f"related_{kind}" if related.is_stated_here else f"related_by_{kind}")


def view_note(page: Page, statement: Statement, related: RelatedStatement) -> Markdown:
    """Return the editors' note on a relation of a statement, in one line; empty where there is none."""
    if not related.note:
        return NOTHING
    document = statement.document if related.is_stated_here else related.statement.document
    return render_line(page, page.dossier.linked.text(document, "relation", related.note))


def word_said(page: Page, statement: Statement) -> str:
    """Return who said something and when: "Ann Lee, 14 March 1962"."""
    strings, corpus = page.dossier.strings, page.dossier.corpus
    annotation = statement.annotation
    signatories = corpus.documents[statement.document].record.signatories
    if len(annotation.speakers) > 1 and set(annotation.speakers) == set(signatories):
        who = strings.plain("the_signatories", n=len(signatories))
    else:
        names = [corpus.name_of(slug) for slug in annotation.speakers]
        who = strings.plain("list_separator").join(names) or annotation.attribution or ""
    date = strings.date(statement.date)
    return strings.plain("list_separator").join(word for word in (who, date) if word)


def _link_other(page: Page, statement: Statement) -> Markdown:
    """Return the beginning of a statement's words as a link to it."""
    strings, corpus = page.dossier.strings, page.dossier.corpus
    words = strings("quoted", words=shorten(statement.annotation.quote))
    own = corpus.dossier.record.language
    language = language_attributes(corpus.documents[statement.document].record.language or own, own)
    address = page.address(statement.document, annotation_id(statement.annotation.id))
    attributes = f"{{:{language} }}" if language else ""
    return Markdown(f"[{words}]({address}){attributes}")


def _link_origin(page: Page, origin: str) -> Markdown:
    found = find_target(page.dossier.corpus, page.dossier.linked, parse_target(origin))
    return (
        page.link(found.slug, anchor=found.anchor) if isinstance(found, FoundTarget) else escape_text(origin)
    )


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK_LANGUAGE)
