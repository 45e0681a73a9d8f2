"""The parts of a letter: letterhead, addressee, salutation, closing and signatures.

In the wording of several languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import getaddresses

from generator.importing.characters import visible
from generator.importing.model import Block, Draft, Fact, Repair
from generator.importing.rules.article_furniture import plain

HEADING_RULE = "heading-to-paragraph"
SIGNATURE_RULE = "signature-list"
# Dear President Trump:   Sehr geehrte Frau Ministerin,   Madame la Ministre,   To the Members of the Board:
SALUTATION = re.compile(
    r"^(?:dear|to whom it may concern|sehr geehrte[rsn]?|liebe[rs]?|guten tag|hochverehrte[rs]?|ch[eè]re?s?"
    r"|monsieur|madame|mesdames"
    r"|messieurs|estimad[oa]s?|gentile|egregi[oa]|geachte|beste|kære|szanown[yai])\b.{0,120}[,:;!]?$"
    r"|^to the (?:members?|honou?rable|editor|board)\b.{0,80}[,:]$",
    re.IGNORECASE,
)
# Sincerely,   Respectfully submitted,   Very truly yours,   Mit freundlichen Grüßen
CLOSING = re.compile(
    r"^(?:(?:yours |very |most )*(?:sincerely|truly|faithfully|respectfully|cordially|obediently)(?: yours| submitted)?"
    r"|(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|respectfully submitted|in solidarity|regards"
    r"|i have the hono(?:u)?r to (?:be|remain)\b.{0,160}|(?:i|we) (?:am|are|remain)\b.{0,40}\b(?:obedient"
    r"|humble) servants?\b.{0,120}"
    r"|mit (?:freundlichen|besten|herzlichen|vorzüglicher)\b.{0,40}|hochachtungsvoll|(?:freundliche|beste"
    r"|herzliche) grü(?:ß|ss)e"
    r"|(?:nous vous prions|veuillez|je vous prie)\b.{0,200}|cordialement|avec (?:nos|mes) .{0,60}|atentamente"
    r"|cordiali saluti"
    r"|met vriendelijke groet\w*|hoogachtend|med vänliga hälsningar|z poważaniem)\s*[,.]?$",
    re.IGNORECASE,
)
# cc: The Honorable Saul Petrakis   Enclosure   Anlage: …
AFTERWARDS = re.compile(
    r"^\W*(?:b?cc|enclosures?|encl|attachments?|anlagen?|pièces? jointes?|p\. ?j|verteiler|copies? to"
    r"|nachrichtlich)\b\W*.*",
    re.IGNORECASE,
)
TITLE_WORDS = (
    r"(?:united states|u\.s\.|state|member|chair(?:man|woman|person)?|vice|ranking|senator|representative"
    r"|congress(?:man|woman)?"
    r"|president|director|secretary|minister|deputy|delegate|governor|mayor|attorney|commissioner|judge|officer|chief|head|professor"
    r"|general|treasurer|comptroller|councill?or|speaker|leader|whip|counsel|editor|partner|fellow|coordinator|manager|ambassador|mp|ceo"
    r"|abgeordnete[rn]?|vorsitzende[rn]?|mitglied|präsident(?:in)?|bürgermeister(?:in)?|sprecher(?:in)?|staatssekretär(?:in)?|leiter(?:in)?"
    r"|députée?|sénat(?:eur|rice)|présidente?|maire|membre|secrétaire|directeur|directrice|porte-parole)"
)
TITLE = re.compile(rf"\b{TITLE_WORDS}\b", re.IGNORECASE)
HONORIFIC = re.compile(
    r"^(?:the (?:right )?hon(?:ou?rable|\.)?|hon\.?|mr\.?|mrs\.?|ms\.?|mx\.?|dr\.?|prof(?:essor|\.)?|sen(?:ator"
    r"|\.)?|rep(?:resentative|\.)?"
    r"|his excellency|her excellency|sir|dame|lord|lady|rev(?:erend|\.)?|father|sister|rabbi|imam|judge|justice"
    r"|captain|capt\.|commodore"
    r"|commander|cmdr\.|admiral|adm\.|general|gen\.|colonel|col\.|major|lieutenant|lt\.|sergeant|ambassador|chairman|chairwoman|herrn?|frau|monsieur|madame|m\.|mme|sr\.?|sra\.?)\s+",
    re.IGNORECASE,
)
# Catherine Cortez Masto   J. Casimir Brandvold   Nicolás de la Peña   O'Keefe
NAME = re.compile(
    r"^[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?:\s+(?:[A-ZÀ-ÞĀ-Ž][\w’'.-]*|de|da|del|della|di|du|van|von|der|den|zu|zum|la|le|el|al|bin|ibn|y|e|dos|das)){1,6}$"
)
# Two columns on one line: Wilhelmina Achterberg               Dov Castellane
COLUMNS = re.compile(r"\s{3,}|\t+")
DATE_LINE = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# Betreff: Einstellung der Kahnfähre   Re: The dark lights   VIA ELECTRONIC MAIL
SUBJECT = re.compile(
    r"^\W*(?:(?:re|subject|betreff|betr|objet|asunto|oggetto)\b\.?\s*:\s*(?P<subject>.*)|via\b.*)$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^\s*(?:/s/|_{3,}|\[?signed\]?|gez\.)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Signatory:
    """A name as the register has it, the words of the block that give it, the title, the line."""

    name: str
    words: str
    title: str
    line: int


def is_letter(blocks: Sequence[Block]) -> bool:
    """Return whether the text has the salutation of a letter and its closing."""
    texts = [plain(block.text) for block in blocks]
    return any(SALUTATION.match(text) for text in texts[:25]) and any(CLOSING.match(text) for text in texts)


def mend_headings(draft: Draft) -> Draft:
    """Return the draft with what only looks like a heading as paragraphs.

    Letterhead, salutation, closing, whole sentences.
    """
    letter = is_letter(draft.blocks)
    salutation = next((n for n, block in enumerate(draft.blocks) if SALUTATION.match(plain(block.text))), 0)
    others = sum(
        block.kind == "heading" and not _is_false(block, number < salutation)
        for number, block in enumerate(draft.blocks)
    )
    blocks: list[Block] = []
    repairs: list[Repair] = []
    for number, block in enumerate(draft.blocks):
        is_sentence = block.text.endswith(".") and len(block.text.split()) > 4 and others <= 1
        if block.kind == "heading" and letter and (_is_false(block, number < salutation) or is_sentence):
            before = f"{'#' * (block.level or 2)} {block.text}"
            repairs.append(
                Repair(rule=HEADING_RULE, line=block.line, before=visible(before), after=visible(block.text))
            )
            block = replace(block, kind="text", level=0)
        elif block.kind == "heading" and len(block.text) > 160:
            repairs.append(
                Repair(
                    rule=HEADING_RULE, line=block.line, before=visible(block.text), after=visible(block.text)
                )
            )
            block = replace(block, kind="text", level=0)
        blocks.append(block)
    return replace(draft, blocks=tuple(blocks), repairs=(*draft.repairs, *repairs))


def _is_false(block: Block, is_head: bool) -> bool:
    text = plain(block.text)
    return is_head or SALUTATION.match(text) is not None or CLOSING.match(text) is not None


def list_signatures(draft: Draft) -> Draft:
    """Return the draft with the names below the closing as a list, and each signatory and recipient as a fact."""
    if draft.options.get("kind") == "e-mail":
        return _sign_mail(draft)
    if not is_letter(draft.blocks):
        return draft
    draft = _with_subject(_with_recipient(draft))
    places = [n for n, block in enumerate(draft.blocks) if CLOSING.match(plain(block.text).split("\n")[0])]
    if not places:
        return draft
    closing = places[-1]
    head, body = draft.blocks[: closing + 1], draft.blocks[closing + 1 :]
    end = next((n for n, block in enumerate(body) if not _may_sign(block)), len(body))
    signatories = _signatories(body[:end])
    if not signatories:
        return draft
    items = tuple(
        Block(
            text=f"- {one.words}, {one.title}" if one.title else f"- {one.words}",
            line=one.line,
            last=one.line,
            kind="item",
        )
        for one in signatories
    )
    repairs = tuple(
        Repair(
            rule=SIGNATURE_RULE,
            line=one.line,
            before=visible(f"{one.words} / {one.title}" if one.title else one.words),
            after=item.text,
        )
        for one, item in zip(signatories, items, strict=True)
    )
    facts = tuple(Fact(key="signatory", value=one.name, line=one.line, words=one.name) for one in signatories)
    return replace(
        draft,
        blocks=(*head, *items, *body[end:]),
        repairs=(*draft.repairs, *repairs),
        facts=(*draft.facts, *facts),
    )


def _sign_mail(draft: Draft) -> Draft:
    """Return a message with the sender's name, which stands below it, and the title below the name in one line."""
    names = {
        name for fact in draft.facts if fact.key == "author" for name, _ in getaddresses([fact.value]) if name
    }
    blocks: list[Block] = []
    facts: list[Fact] = []
    repairs: list[Repair] = []
    for block in draft.blocks:
        lines = [line.strip() for line in block.text.split("\n")]
        if block.kind == "text" and lines[0].rstrip(",") in names and len(lines) <= 4:
            text = ", ".join(line.rstrip(",") for line in lines)
            facts.append(Fact(key="signatory", value=lines[0].rstrip(","), line=block.line, words=text))
            if len(lines) > 1:
                repairs.append(
                    Repair(rule=SIGNATURE_RULE, line=block.line, before=" / ".join(lines), after=f"- {text}")
                )
            block = replace(block, text=f"- {text}", kind="item")
        blocks.append(block)
    return replace(
        draft, blocks=tuple(blocks), facts=(*draft.facts, *facts), repairs=(*draft.repairs, *repairs)
    )


def _may_sign(block: Block) -> bool:
    lines = block.text.split("\n")
    return (
        block.kind in ("text", "heading", "item")
        and not AFTERWARDS.match(plain(block.text))
        and all(len(line) <= 120 for line in lines)
        and not re.search(r"[.!?]$", plain(lines[-1]).removesuffix("Jr.").removesuffix("Sr."))
    )


def _signatories(blocks: Sequence[Block]) -> tuple[_Signatory, ...]:
    """Return names with their titles, in order; lines in columns are read column by column within a row."""
    cells: list[tuple[str, int]] = []
    for block in blocks:
        rows = [
            ([cell for cell in COLUMNS.split(line.strip()) if cell], block.line_at(place))
            for place, line in enumerate(block.text.split("\n"))
        ]
        if max((len(row) for row, _ in rows), default=1) > 1:
            width = max(len(row) for row, _ in rows)
            # One name above its title in each column.
            cells.extend(
                (row[column], line) for column in range(width) for row, line in rows if column < len(row)
            )
        else:
            cells.extend((" ".join(row), line) for row, line in rows)
    found: list[_Signatory] = []
    for raw, line in cells:
        whole = plain(raw).strip(" ,;")
        cell = SIGNATURE.sub("", whole)
        if not cell:
            continue
        name, title = _split(cell)
        if name:
            words = whole[: whole.rfind(name) + len(name)]
            found.append(_Signatory(name, words, title, line))
        elif found:
            last = found[-1]
            found[-1] = replace(last, title=f"{last.title}, {cell}" if last.title else cell)
    return tuple(found)


def _split(cell: str) -> tuple[str, str]:
    """Return the name and title that one cell holds; no name for a title alone."""
    bare = HONORIFIC.sub("", cell)
    if "," in bare:
        name, _, title = bare.partition(",")
        if NAME.match(name.strip()) and not TITLE.search(name):
            return name.strip(), title.strip()
    match = TITLE.search(bare)
    if match is None:
        return (bare, "") if NAME.match(bare) else ("", cell)
    # Adaeze R. Holm Senator of Corvania: the name goes before the first word of a title.
    name = bare[: match.start()].strip()
    if NAME.match(name):
        return name, bare[match.start() :].strip()
    return "", cell


def _with_subject(draft: Draft) -> Draft:
    """Return the draft with the words after "Re:" as its title."""
    for block in draft.blocks[:12]:
        match = SUBJECT.match(plain(block.text))
        if match and match["subject"]:
            fact = Fact(key="title", value=match["subject"].strip(), line=block.line, words=plain(block.text))
            return replace(draft, facts=(*(f for f in draft.facts if f.key != "title"), fact))
    return draft


def _with_recipient(draft: Draft) -> Draft:
    """Return the draft with the addressee: the name that opens the block before the salutation."""
    salutation = next(
        (n for n, block in enumerate(draft.blocks) if SALUTATION.match(plain(block.text))), None
    )
    if salutation is None:
        return draft
    for block in reversed(draft.blocks[:salutation]):
        for place, line in enumerate(block.text.split("\n")):
            text = plain(line)
            if not text or SUBJECT.match(text) or (DATE_LINE.search(text) and len(text) < 40):
                continue
            bare = HONORIFIC.sub("", HONORIFIC.sub("", text))
            name = _leading_name(bare)
            if name and (bare != text or place == 0):
                words = " ".join(text.split()[:12])
                fact = Fact(key="recipient", value=name, line=block.line_at(place), words=words)
                return replace(draft, facts=(*draft.facts, fact))
    return draft


def _leading_name(text: str) -> str:
    """Return the name that a line begins with, up to the first word of an office: Ann Lee President of the Board."""
    match = TITLE.search(text)
    head = text[: match.start()] if match else text
    head = re.split(r"[,\n\d]", head)[0].strip()
    words = head.split()
    for length in range(len(words), 1, -1):
        name = " ".join(words[:length])
        if NAME.match(name):
            return name if length <= 5 else " ".join(words[:3])
    return ""
