"""The vocabulary of CSL-YAML: types and variables of CSL 1.0.2, and what Zotero and pandoc write besides.

Source: csl-data.json, csl-types.rnc and csl-variables.rnc of github.com/citation-style-language/schema,
version 1.0.2.
"""

# ruff: noqa: SIM905 (words in a row are easier to compare with the source)

from __future__ import annotations

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent
    performance periodical personal_communication post post-weblog regulation report review review-book
    software song speech standard thesis treaty webpage
    """.split()
)

NAME_VARIABLES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator
    """.split()
)

DATE_VARIABLES = frozenset(
    "accessed available-date container event-date issued original-date submitted".split()
)

NUMBER_VARIABLES = frozenset(
    """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part part-number printing printing-number section
    supplement supplement-number version volume
    """.split()
)

TEXT_VARIABLES = frozenset(
    """
    DOI ISAN ISBN ISCI ISMN ISRC ISSN ISWC PMCID PMID URL abstract annote archive archive-place
    archive_collection archive_location authority call-number citation-key citation-label collection-title
    collection-title-short container-title container-title-short dimensions division event event-place
    event-title genre jurisdiction keyword language license medium note original-publisher
    original-publisher-place original-title part-title publisher publisher-place references reviewed-genre
    reviewed-title scale source status title title-short translated-title translated-title-short volume-title
    volume-title-short year-suffix
    """.split()
)

# Not variables of a style, but written by Zotero and citeproc-js.
ZOTERO_TEXTS = frozenset(["journalAbbreviation", "shortTitle"])

# A list of words and free pairs of key and value: kept out of the printed citation.
UNPRINTED_KEYS = frozenset(["categories", "custom"])

PRINTED_KEYS = NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES | ZOTERO_TEXTS
KNOWN_KEYS = PRINTED_KEYS | UNPRINTED_KEYS | {"id", "type"}

NAME_TEXTS = frozenset("dropping-particle family given literal non-dropping-particle suffix".split())
NAME_FLAGS = frozenset("comma-suffix parse-names static-ordering".split())

# `year`, `month`, `day` and `other` are how pandoc wrote dates before version 2.11.
DATE_KEYS = frozenset("circa date-parts day edtf literal month other raw season year".split())
