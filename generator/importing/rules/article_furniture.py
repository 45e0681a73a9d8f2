"""What surrounds an article but is not of it: bylines, share buttons, price widgets, disclaimers, other articles.

Each line cut is listed; `--keep` brings lines back. Lines are judged by their words, and by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generator.importing.model import Line, Repair

RULE = "article-furniture"


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(patterns)})$", re.IGNORECASE)


# A line that is furniture wherever it stands. Matched against the line without markup.
ANYWHERE = _lines(
    # Skip to main content
    r"skip to (?:main )?content",
    # Share on Facebook   Tweet   Pin it   Share this article   Print this page
    r"(?:share|tweet|pin it|e-?mail|print|whatsapp|telegram|copy link|facebook|twitter|linkedin|reddit|x|save"
    r"|listen|reply|like)"
    r"(?:\s+(?:this|on|via|to|it|with)\b.{0,40})?",
    r"(?:share|tweet|facebook|twitter|linkedin|reddit|whatsapp|e-?mail|print|pin it|copy link|[·|•/,\s])+",
    r"(?:teilen|drucken|partager|imprimer|tweeter|envoyer|réagir|compartir|imprimir|merken|kommentieren|weiterleiten)(?:\s.{0,30})?",
    # Previous: Field Report 6 | Next: Field Report 8   ← Older posts
    r"\W*(?:previous|prev|next|older|newer|vorheriger?|nächster?|précédent|suivant)(?: (?:post|article|story|page"
    r"|posts|entry))?\s*(?:[:»›|→].{0,160}|$)",
    # Back to top   Printer-friendly version   This page was last updated on 14 October 2006   Best viewed at 800 x 600
    r"printer[- ]friendly.{0,30}|this page was last (?:updated|modified).{0,60}|best viewed\b.{0,60}"
    r"|you are visitor\b.{0,40}",
    # Sent from my telephone   Unsubscribe: https://…   This message is meant for the person named above. …
    r"sent from my .{1,40}|.{0,60}\bunsubscribe\b.{0,120}|von meinem .{1,30} gesendet|envoyé de mon .{1,30}",
    r"(?:this|diese|the) (?:e-?mail|message|nachricht|communication)\b.{0,60}\b(?:meant|intended|confidential"
    r"|vertraulich|bestimmt)\b.{0,600}",
    # Words that stand for an image
    r"(?:signature|logo|image|photo|icon|spacer|banner|avatar)",
    # Advertisement   Sponsored   Anzeige
    r"\W*(?:advertisement|advertisement\s*-?\s*scroll to continue.*|sponsored(?: content)?|anzeige|werbung"
    r"|publicité|publicidad)\W*",
    # 4 min read   27 comments   412 Reposts 1.9K Likes
    r".{0,60}?\d+\s*[- ]?min(?:ute)?s?(?: of)? (?:read|lesezeit)(?:ing)?.*|reading time:?.*|lesezeit:?.*"
    r"|temps de lecture.*",
    r"(?:no |\d+ )(?:comments?|kommentare?|commentaires?)|load more.*|show more.*|read more\b.{0,3}|view all.*"
    r"|mehr laden.*",
    r"(?:[\d.,]+[km]?\s*(?:retweets?|reposts?|likes?|replies|quotes?|views|bookmarks)\W*)+",
    # Also read: …   Read more: …   RELATED: …
    r"(?:also read|read (?:also|more|next)|related(?: story| stories| article| reading)?|see also|more:"
    r"|lesen sie auch|à lire aussi"
    r"|mehr zum thema|lire aussi|don't miss|watch)\s*[:–—|].*",
    # Sign up for The Morning Loaf, our free daily e-mail
    r"(?:sign up|subscribe|register)\b.{0,120}(?:newsletter|e-?mail|inbox|updates|alerts|today|now|free).*",
    r"get .{0,60}(?:in|to) your inbox.*|subscribe(?: now)?!?|sign (?:me )?up!?|newsletter\b.{0,60}",
    # Tags: bread, Grau   Filed under: …   Follow us on …
    r"(?:tags?|filed under|categories|category|topics|schlagwörter|mots-clés|keywords)\s*:.*|follow us\b.*"
    r"|folgen sie uns.*",
    # OFFICIAL TRUMP Price(TRUMP)   $3.305   +1.84%   USD   … Live Price Chart
    r"[$€£¥]\s?[\d.,]+[kmbt]?(?:\s?[$€£¥]\s?[\d.,]+[kmbt]?)*|[+\-−▲▼]?\s?\d+(?:[.,]\d+)?\s?%|USD|EUR|BTC|ETH",
    r".{0,60}\bprice\s?\([\w$]{2,12}\)|.{0,60}\blive price chart|.{0,40}\blogo|market opportunity",
    # © 2020 Lundmark Air Safety Agency   All rights reserved   Privacy policy
    r"(?:©|\(c\)(?=\s*\d{4})|copyright\b)\s?.{0,160}|all rights reserved\W*|(?:privacy|cookie|terms)(?: policy"
    r"| settings| notice| of (?:use|service))?",
    r".{0,80}\bcookies?\b.{0,120}(?:accept|consent|partners|device|site uses|settings|wir verwenden|privacy).{0,120}",
    r"(?:we|this (?:web)?site|wir) (?:use|uses|value|verwenden|care about)\b.{0,30}(?:cookies|privacy"
    r"|privatsphäre).{0,160}|accept(?: all)?(?: cookies)?|manage choices|alle akzeptieren",
    # Home › Newsroom › Press releases
    r"(?:home|startseite|accueil|start)\s*[›»>/|·].{0,160}|back to top|nach oben",
    r"leave a (?:reply|comment)\W*|log ?in|sign in|my account|search\W*|suche|menu|menü|mehr\W*",
)
# From such a line on, all is of other articles or of readers, if it stands in the latter half.
TAIL = _lines(
    r"you (?:may|might) also (?:like|enjoy|be interested in)\b.*",
    r"(?:related|similar|more|further|other|latest|recent|popular|trending|recommended|top|most[- ](?:read|popular))"
    r"(?: (?:articles?|posts?|stories|news|reading|coverage|releases|topics|content|for you|from .{1,40}"
    r"|in .{1,40}|on .{1,40}))?",
    r"read next|what to read next|up next|recommended for you|from around the web|trending now"
    r"|editors?[’'] picks?|popular now",
    r"(?:comments|kommentare|commentaires|discussion)\s*(?:\(\d+\))?|\d+ (?:thoughts|responses|comments) (?:on|to)\b.*",
    r"das könnte (?:sie|dich) auch interessieren|auch interessant|weitere (?:artikel|meldungen|themen)|mehr zum thema"
    r"|à lire (?:aussi|également)|sur le même sujet|articles (?:liés|similaires)|también te puede interesar",
)
# Paragraphs about the page, not of the article.
NOTICE = re.compile(
    r"^\W*(?:disclaimer|disclosure|legal notice|haftungsausschluss|avertissement|disclaimer of warranty)\b\W*:?"
    r"|\b(?:articles?|content|information|views|opinions?)\b.{0,120}\b(?:do(?:es)? not|are (?:provided )?for)\b.{0,60}"
    r"\b(?:reflect|represent|constitute|express|informational purposes|financial advice|views of)\b",
    re.IGNORECASE,
)
# Source: https://…   Originally published at https://…   This article was originally published by …
ORIGIN = re.compile(
    r"^\W*(?:source|quelle|fuente|fonte)\s*:\s*\S.{0,200}$"
    r"|^\W*(?:this (?:article|story|post|piece|essay)\b.{0,30})?\b(?:was )?(?:originally|first) (?:published"
    r"|appeared|posted)\b.{0,300}$"
    r"|^\W*(?:re)?published with permission\b.{0,200}$|^\W*(?:dieser (?:artikel|text|beitrag)) (?:erschien"
    r"|ist) zuerst\b.{0,200}$"
    r"|^\W*cet article (?:a été|est) (?:initialement )?(?:publié|paru)\b.{0,200}$",
    re.IGNORECASE,
)
# The post Could a cheaper lantern sink the Lumen token? appeared first on LedgerGull.example.
POST = re.compile(
    r"The post (?P<title>.{3,200}?) (?:first )?appeared (?:first )?on (?P<outlet>[^.\n]{2,60}(?:\.[a-zA-Z]{2,7})?)\."
)
# By Hezekiah Blom-Adeyemi, for The Estuary Review · 9 May 2018
BYLINE = re.compile(
    r"^\W*(?:(?:(?:words |reported |written |compiled |prepared |edited )?by|von|par|por"
    r"|text:)\s+(?=[A-ZÀ-Þ])[^.!?]{3,110}"
    r"|(?:published|updated|posted|last (?:updated|modified)|veröffentlicht|publié"
    r"|aktualisiert)\b[^.!?]{0,90}\d{4}.{0,40})$",
    re.IGNORECASE,
)
IMAGE = re.compile(r"^\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
# * [Home](/)   [Reply](#)   [Skip to content](#content): links to no page of another site
MENU = re.compile(r"^\s*(?:[-*+]\s+)?(?:\[[^\]]{1,60}\]\((?:/[^)]*|#[^)]*)\)[\s·|•,]*)+$")
MARKUP = re.compile(r"[*_`#>]+|\[([^\]]{0,500})\]\([^)]{0,2000}\)|<(https?://[^>]{0,2000})>")
ITEM = re.compile(r"^[-+•]\s+")
# Date and outlet below a teaser: LedgerGull2025/03/21 08:15
STAMP = re.compile(r"^[\w .&'-]{2,40}\d{4}[/-]\d\d[/-]\d\d \d\d:\d\d$")
# Author bios: Imogen writes about parishes. … is the author of …
BIO = re.compile(
    r"^\W*(?:about the author\b|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3} (?:is (?:the author of"
    r"|an? (?:\w+ ){0,3}(?:reporter|writer|journalist"
    r"|editor|columnist|correspondent|contributor|freelance\w*)\b)|writes about|covers"
    r"|contributed (?:to )?reporting|lives in)\b.{0,240})$",
    re.IGNORECASE,
)
# A teaser is long; what follows a header is of the article if this many long paragraphs without an ellipsis come.
LONG_CP = 160


def cut(
    lines: Sequence[Line], kept: Sequence[str] = (), authors: Sequence[str] = ()
) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines without an article's furniture, blank in its place, and what was cut.

    A line stays whose number or words are in `kept`; a line that the format itself marks as furniture goes.
    `authors` are those that the format names: below the article their names head a note on them.
    """
    about = _about(authors)
    total = sum(len(line.text) for line in lines) or 1
    gone: dict[int, str] = {}
    position = 0
    tail_from: int | None = None
    for place, line in enumerate(lines):
        before, position = position, position + len(line.text)
        text = ITEM.sub("", plain(line.text))
        if not text and not IMAGE.match(line.text):
            continue
        if text in kept or str(line.number) in kept or any(len(one) > 3 and one in line.text for one in kept):
            continue
        if tail_from is not None or (
            line.kind == "furniture"
            or ANYWHERE.match(text)
            or IMAGE.match(line.text)
            or MENU.match(line.text)
        ):
            gone[place] = ""
        elif TAIL.match(text) and (before > total / 2 or not _goes_on(lines, place)):
            gone[place] = ""
            tail_from = place
        elif (
            (NOTICE.search(text) and (before > total * 0.4))
            or ORIGIN.match(text)
            or STAMP.match(text)
            or BYLINE.match(text)
            or (before > total * 0.4 and (BIO.match(text) or (about is not None and about.match(text))))
        ):
            gone[place] = ""
        else:
            rest = _without_post(line.text)
            if rest != line.text:
                gone[place] = rest
    mended = tuple(
        Line(text=gone[place], number=line.number, page=line.page) if place in gone else line
        for place, line in enumerate(lines)
    )
    cuts = tuple(
        Repair(rule=RULE, line=line.number, before=line.text.strip(), after=gone[place].strip())
        for place, line in enumerate(lines)
        if place in gone
    )
    return mended, cuts


def _about(authors: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern of lines on the authors: the name alone, or a sentence that begins with it."""
    names = [re.escape(name) for author in authors for name in (author, author.split(" ")[0]) if name]
    if not names:
        return None
    verbs = "is|was|writes|lives|works|covers|reports|has|teaches|edits"
    return re.compile(rf"^(?:{'|'.join(names)})(?:$|\s+(?:{verbs})\b.{{0,400}}$)")


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return a line without the markup of emphasis, headings and links."""
    return " ".join(MARKUP.sub(lambda match: match[1] or match[2] or "", text).split())


def _without_post(text: str) -> str:
    """Return a line without a feed's sentence on where the post appeared; a feed's whole excerpt goes."""
    match = POST.search(text)
    if match is None:
        return text
    return "" if match.start() == 0 and len(text) - match.end() < LONG_CP * 4 else POST.sub("", text).rstrip()


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Return whether the article goes on below a header of other articles: whole paragraphs come after it."""
    following = [plain(line.text) for line in lines[place + 1 :] if line.kind == "text"]
    return sum(len(text) > LONG_CP and not text.endswith(("…", "...", "[…]")) for text in following) >= 2
