"""The corpus as its editors write it: one frozen record per kind of file.

The field names are the keys of the YAML; `docs/corpus-format.md` shows them by example. `load` validates outside data
against these classes with pydantic and derives the JSON Schemas from them; the descriptions end up in the schemas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

NO_OTHER_KEYS = ConfigDict(extra="forbid")

Slug = Annotated[str, Field(min_length=1, description="The file name of a record, without its ending.")]
Words = Annotated[str, Field(min_length=1, description="A line of plain text.")]
Prose = Annotated[str, Field(min_length=1, description="Markdown with wikilinks and citations.")]
Edtf = Annotated[
    str, Field(min_length=1, description="A date in EDTF: 2025-10-29, 2026-02~, 2018?, 2025-07/2025-09.")
]
CitationTarget = Annotated[
    str, Field(min_length=1, description="An entry of citations.yml, or document#annotation, or document#¶4.")
]

# A language as BCP 47 names it: a code, then script, region or variant.
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Language = Annotated[
    str, Field(pattern=LANGUAGE_PATTERN, description="A language tag (BCP 47): en, de, pt-BR, zh-Hant.")
]
Publish = Literal["full", "excerpts", "record"]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day: 2027-03-01.")]
AnnotationTarget = Annotated[
    str, Field(pattern=r"^[^#\s]+#[^#\s]+$", description="An annotation: document#annotation.")
]
# What a speaker does by saying it. "reports": passes on what happened; "hearsay": what others are said to have said.
Modality = Literal["asserts", "denies", "promises", "urges", "threatens", "reports", "hearsay"]
ClaimStatus = Literal["quoted", "paraphrased", "inferred", "editors-note"]
CorrectionKind = Literal["correction", "update", "withdrawal"]
CorrectionTarget = Annotated[
    str, Field(pattern=r"^[^#\s]+(#[^#\s]+)?$", description="A page by its slug, or document#annotation.")
]
RelationKind = Literal["echoes", "supports", "contradicts", "revises", "same-event"]
GapKind = Literal["absent-document", "undated", "missing-pages", "lost-mark", "unnamed"]
LinkPolicy = Literal["every", "first-per-passage", "first-per-section"]
PreviewKind = Literal["actor", "issue", "document", "passage", "source"]
DelayMs = Annotated[int, Field(ge=0, le=5000, description="Milliseconds, 0 to 5000.")]
EditionName = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Small letters, digits and hyphens.")
]
NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One spelling of a name, with its own rule for capitals."""

    __pydantic_config__ = NO_OTHER_KEYS
    alias: Words
    case_sensitive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What an actor was, where and when, and the passages that say so."""

    __pydantic_config__ = NO_OTHER_KEYS
    role: Prose
    at: Slug | None = None
    date: Edtf | None = None
    cites: tuple[CitationTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRecord:
    """A person, organisation, company or public body."""

    __pydantic_config__ = NO_OTHER_KEYS
    name: Words
    kind: Words
    sort_name: Annotated[
        str | None, Field(min_length=1, description="A person's name as bibliographies sort it: Lee, Ann.")
    ] = None
    aliases: tuple[Words | Alias, ...] = ()
    exclude: tuple[Words, ...] = ()
    roles: tuple[Role, ...] = ()
    identifiers: Mapping[str, Words] = field(default_factory=dict)
    formerly: tuple[Slug, ...] = ()
    internal: Annotated[
        bool, Field(description="Whether the profile, with roles and identifiers, is for the editors only.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """A matter in dispute or under discussion."""

    __pydantic_config__ = NO_OTHER_KEYS
    title: Words
    aliases: tuple[Words | Alias, ...] = ()
    exclude: tuple[Words, ...] = ()
    related: tuple[Slug, ...] = ()
    formerly: tuple[Slug, ...] = ()
    internal: Annotated[bool, Field(description="Whether the overview is for the editors only.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """How much of a document's words may be published, and who says so."""

    __pydantic_config__ = NO_OTHER_KEYS
    publish: Publish
    statement: Prose | None = None
    holder: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The file as received, in `sources/`, and its SHA-256 in hexadecimal."""

    __pydantic_config__ = NO_OTHER_KEYS
    file: Words
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="64 hexadecimal digits.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceStep:
    """One hand the document went through, from the origin to the copy in hand."""

    __pydantic_config__ = NO_OTHER_KEYS
    actor: Slug | None = None
    name: Words | None = None
    role: Words | None = None
    date: Edtf | None = None
    url: Words | None = None
    note: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteDetail:
    """What the editors add to a footnote of the document."""

    __pydantic_config__ = NO_OTHER_KEYS
    cites: tuple[CitationTarget, ...] = ()
    placed_by: Literal["editors", "source"] = "source"
    mark: Annotated[
        Literal["lost"] | None, Field(description="`lost`: the source has the note, but not its mark.")
    ] = None
    note: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One difference between the source and the transcription. `source_line` counts from 1."""

    __pydantic_config__ = NO_OTHER_KEYS
    rule: Words
    source_line: Annotated[int, Field(ge=1)] | None = None
    before: str = ""
    after: str = ""
    note: Prose | None = None
    by: Literal["import", "editors"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of the source that a fact of the record rests on, and their line, counted from 1."""

    __pydantic_config__ = NO_OTHER_KEYS
    words: str
    line: Annotated[int, Field(ge=0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words of the transcription, and those of another version in their place."""

    __pydantic_config__ = NO_OTHER_KEYS
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A later version or a repost of the document: its file, how much of the smaller text is common, what differs."""

    __pydantic_config__ = NO_OTHER_KEYS
    relation: Literal["version", "repost"]
    source: SourceFile
    share: Annotated[float, Field(ge=0, le=1)]
    date: Edtf | None = None
    outlet: Words | None = None
    words_added: Annotated[int, Field(ge=0)] = 0
    words_removed: Annotated[int, Field(ge=0)] = 0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something the document or the dossier lacks, and how the editors know."""

    __pydantic_config__ = NO_OTHER_KEYS
    what: Prose
    why: Prose | None = None
    kind: GapKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """Words of the transcription that an edition shows as `[redacted: reason]`.

    `every`: wherever they stand in the text; else they must stand once, between `prefix` and `suffix`. `common`: the
    site may hold these words elsewhere; they are looked for only with those around them.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    quote: Words
    reason: Words
    prefix: str = ""
    suffix: str = ""
    every: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An editor's decision on whom an alias means, in the whole document or in one quoted span."""

    __pydantic_config__ = NO_OTHER_KEYS
    alias: Words
    as_: Annotated[Slug, Field(alias="as", description="A slug, or `nobody`.")]
    quote: Words | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A letter, report or other document of the corpus."""

    __pydantic_config__ = NO_OTHER_KEYS
    title: Words
    date: Edtf
    kind: Words
    rights: Rights
    short_title: Words | None = None
    date_note: Prose | None = None
    language: Language | None = None
    authors: tuple[Slug, ...] = ()
    signatories: tuple[Slug, ...] = ()
    recipients: tuple[Slug, ...] = ()
    publisher: Slug | None = None
    provenance: tuple[ProvenanceStep, ...] = ()
    source: SourceFile | None = None
    issues: tuple[Slug, ...] = ()
    footnotes: Mapping[str, FootnoteDetail] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    repairs: tuple[Repair, ...] = ()
    gaps: tuple[Gap, ...] = ()
    resolve: tuple[Resolution, ...] = ()
    formerly: tuple[Slug, ...] = ()
    embargo_until: Annotated[Day | None, Field(description="The first day on which it may be published.")] = (
        None
    )
    internal: bool = False
    redactions: tuple[Redaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One hand that hearsay went through, between the speaker and the document: an actor, or words for one."""

    __pydantic_config__ = NO_OTHER_KEYS
    actor: Slug | None = None
    name: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a claim states. `words` are those of the quotation where it is not written in digits."""

    __pydantic_config__ = NO_OTHER_KEYS
    value: Annotated[int | float, Field(ge=-1e15, le=1e15, description="As it is meant: 19.9, 400000000.")]
    unit: Words
    of: Words | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a claim stands to another, as an editor judges it; without `confirmed_by` it is a draft and not published."""

    __pydantic_config__ = NO_OTHER_KEYS
    kind: RelationKind
    to: AnnotationTarget
    note: Prose | None = None
    confirmed_by: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An editor's note on a quoted span of a document; a claim, where it says who said what and how.

    `chain` leads from the speaker to the document, in order. `origin` is the work or document that the statement goes
    back to, where that is another than the one it stands in.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", description="Letters, digits and hyphens.")
    ]
    quote: Words
    prefix: str = ""
    suffix: str = ""
    speaker: Slug | tuple[Slug, ...] = ()
    attribution: Words | None = None
    addressee: Slug | tuple[Slug, ...] = ()
    date: Edtf | None = None
    issues: tuple[Slug, ...] = ()
    note: Prose | None = None
    modality: Modality | None = None
    status: ClaimStatus | None = None
    chain: tuple[ChainStep, ...] = ()
    origin: CitationTarget | None = None
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    internal: Annotated[bool, Field(description="Whether it is for the editors only.")] = False

    @property
    def is_claim(self) -> bool:
        """Return whether it says who said what: a speaker or attribution, and a modality or status of its own."""
        has_source = bool(self.speakers or self.attribution)
        return has_source and self.status != "editors-note" and bool(self.modality or self.status)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The slugs of all who say it."""
        return (self.speaker,) if isinstance(self.speaker, str) else self.speaker

    @property
    def addressees(self) -> tuple[str, ...]:
        """The slugs of all to whom it is said."""
        return (self.addressee,) if isinstance(self.addressee, str) else self.addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the editors changed after publication, and why. `of` names each thing changed, or gone."""

    __pydantic_config__ = NO_OTHER_KEYS
    id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", description="Letters, digits and hyphens.")
    ]
    date: Day
    kind: CorrectionKind
    of: CorrectionTarget | Annotated[tuple[CorrectionTarget, ...], Field(min_length=1)]
    what: Prose
    why: Prose

    @property
    def targets(self) -> tuple[str, ...]:
        """All that it names: slugs, and annotations as document#annotation."""
        return (self.of,) if isinstance(self.of, str) else self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionSettings:
    """Which mentions are linked in the text; all of them count for backlinks."""

    __pydantic_config__ = NO_OTHER_KEYS
    link: LinkPolicy = "first-per-passage"
    in_citation_titles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationSettings:
    """The citation style (a CSL name), and whether each sentence of a profile or overview must cite.

    `proven`: the least share of the editors' sentences, in percent, that a cited and verified passage must prove.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    style: Words = "chicago-notes-bibliography-16th-edition"
    require: bool = False
    proven: Annotated[int, Field(ge=0, le=100)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationSettings:
    """Whether the build fails for a quotation that neither a text at hand nor the lock proves."""

    __pydantic_config__ = NO_OTHER_KEYS
    require: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """What one edition holds, beyond what is public. The built-in `public` has these defaults, `internal` has all.

    `full_texts`: every transcription in full, whatever the rights. `redacted`: redactions apply. `excerpt_words` caps
    the words quoted from each document of which only excerpts may be published.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    full_texts: bool = False
    embargoed: bool = False
    internal: bool = False
    redacted: bool = True
    excerpt_words: Annotated[int, Field(ge=0)] = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSettings:
    """Which cards open: those of notes, and the kinds of pages with a preview; and after how long.

    `next_within_ms` is how long after one card the next opens at once.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    notes: bool = True
    previews: tuple[PreviewKind, ...] = ("actor", "issue", "document", "passage", "source")
    note_delay_ms: DelayMs = 200
    preview_delay_ms: DelayMs = 500
    close_delay_ms: DelayMs = 300
    next_within_ms: DelayMs = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecord:
    """The dossier's title and settings."""

    __pydantic_config__ = NO_OTHER_KEYS
    title: Words = "Dossier"
    subtitle: Words | None = None
    description: Words | None = None
    language: Language = "en"
    editors: tuple[Words, ...] = ()
    mentions: MentionSettings = MentionSettings()
    citations: CitationSettings = CitationSettings()
    quotations: QuotationSettings = QuotationSettings()
    editions: Mapping[EditionName, EditionSettings] = field(default_factory=dict)
    cards: CardSettings = CardSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationEntry:
    """One entry of the bibliography. `csl` is the CSL-JSON object, dates as `date-parts`."""

    id: str
    type: str
    title: str
    issued: str | None
    url: str | None
    csl: Mapping[str, Any]
