"""Dossiers as values that can be edited in every way in which editors change one, and written to disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from generator.model.records import DossierRecord
from generator.render import render_config
from generator.resources import TEMPLATES

WORDS = ("stone", "tide", "quay", "the", "sum", "of", "wall", "report", "harbour", "board", "letter", "said")
# The editors' own hook: shares so small that a dossier of a few pages is made by several processes, each of which says
# that it was there.
SMALL_SHARES = """\
import os
from pathlib import Path
from generator import page_work
page_work.PAGES_PER_JOB = 2
def on_post_page(output, **_):
    if os.environ.get("SEEN"):
        Path(os.environ["SEEN"], str(os.getpid())).touch()
    return output
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document: `note` stands at its annotation of the first passage, none where it is empty."""

    title: str
    passages: tuple[str, ...]
    year: int = 1962
    publish: str = "full"
    authors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    note: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A dossier. `made` counts what was ever named, so that no name is given twice.

    `others` are files beside the corpus.
    """

    papers: Mapping[str, Paper]
    actors: Mapping[str, tuple[str, ...]]
    issues: Mapping[str, str]
    made: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)


Edit = Callable[[Papers, int], Papers]


def first_papers(documents: int = 3) -> Papers:
    """Return a sound dossier with so many documents, three actors and two issues."""
    papers = Papers(
        papers={},
        actors={f"a{number}": (f"Person Name{number}", f"Name{number}") for number in range(3)},
        issues={f"i{number}": f"matter{number}" for number in range(2)},
    )
    for number in range(documents):
        papers = add_document(papers, number)
    return papers


def change_text(papers: Papers, choice: int) -> Papers:
    """Put a passage with another name into a document."""
    slug = _pick(papers.papers, choice)
    passages = papers.papers[slug].passages
    place = choice % len(passages)
    changed = (*passages[:place], _passage(papers, papers.made), *passages[place + 1 :])
    return _with_paper(papers, slug, passages=changed)


def lengthen_text(papers: Papers, choice: int) -> Papers:
    """Add a passage that stands in another document as well, so that the two have parallel passages."""
    slug, other = _pick(papers.papers, choice), _pick(papers.papers, choice + 1)
    return _with_paper(
        papers, slug, passages=(*papers.papers[slug].passages, papers.papers[other].passages[-1])
    )


def change_title(papers: Papers, choice: int) -> Papers:
    """Give a document another title."""
    return _with_paper(papers, _pick(papers.papers, choice), title=f"Titled {papers.made}")


def change_date(papers: Papers, choice: int) -> Papers:
    """Move a document to another year."""
    return _with_paper(papers, _pick(papers.papers, choice), year=1900 + choice % 90)


def change_rights(papers: Papers, choice: int) -> Papers:
    """Publish more or less of a document."""
    return _with_paper(
        papers, _pick(papers.papers, choice), publish=("full", "excerpts", "record")[choice // 7 % 3]
    )


def change_annotation(papers: Papers, choice: int) -> Papers:
    """Write, rewrite or remove the note of a document."""
    note = (
        ""
        if choice % 3 == 0
        else f"Note {papers.made} on {_name(papers, choice)} and [[{_pick(papers.papers, choice + 1)}]]."
    )
    return _with_paper(papers, _pick(papers.papers, choice), note=note)


def change_authors(papers: Papers, choice: int) -> Papers:
    """Let another actor be a document's author."""
    return _with_paper(papers, _pick(papers.papers, choice), authors=(_pick(papers.actors, choice),))


def add_document(papers: Papers, choice: int) -> Papers:
    """Add a document."""
    number = papers.made
    paper = Paper(
        title=f"Document {number}",
        passages=tuple(_passage(papers, number * 10 + place) for place in range(3)),
        year=1950 + choice % 50,
        publish="full" if choice % 3 else "excerpts",
        authors=(_pick(papers.actors, choice),),
        issues=(_pick(papers.issues, choice),),
        note=f"It names {_name(papers, choice)}." if choice % 2 else "",
    )
    return replace(papers, papers={**papers.papers, f"d{number}": paper}, made=number + 1)


def remove_document(papers: Papers, choice: int) -> Papers:
    """Remove a document, unless it is the last; notes that lead to it go with it."""
    if len(papers.papers) == 1:
        return papers
    gone = _pick(papers.papers, choice)
    kept = {slug: paper for slug, paper in papers.papers.items() if slug != gone}
    return replace(papers, papers={slug: _without_link(paper, gone) for slug, paper in kept.items()})


def rename_document(papers: Papers, choice: int) -> Papers:
    """Give a document another slug, with its former address or without."""
    old, new = _pick(papers.papers, choice), f"d{papers.made}"
    former = old if choice % 2 else ""
    kept = {
        new if slug == old else slug: replace(paper, former=former) if slug == old else paper
        for slug, paper in papers.papers.items()
    }
    return replace(
        papers,
        papers={
            slug: replace(paper, note=paper.note.replace(f"[[{old}]", f"[[{new}]"))
            for slug, paper in kept.items()
        },
        made=papers.made + 1,
    )


def rename_alias(papers: Papers, choice: int) -> Papers:
    """Spell the last alias of an actor anew; texts keep the old spelling, or one of them the new."""
    slug = _pick(papers.actors, choice)
    alias = f"Alias{papers.made}"
    renamed = _with_actor(papers, slug, (*papers.actors[slug][:-1], alias))
    return change_text(renamed, choice) if choice % 2 else renamed


def add_alias(papers: Papers, choice: int) -> Papers:
    """Let an actor be found by another word that stands in texts, perhaps one that another actor has."""
    slug = _pick(papers.actors, choice)
    alias = _name(papers, choice + 1) if choice % 3 == 0 else WORDS[choice % len(WORDS)].capitalize()
    return _with_actor(papers, slug, tuple(dict.fromkeys((*papers.actors[slug], alias))))


def remove_alias(papers: Papers, choice: int) -> Papers:
    """Take from an actor all but the name."""
    slug = _pick(papers.actors, choice)
    return _with_actor(papers, slug, papers.actors[slug][:1])


def rename_actor(papers: Papers, choice: int) -> Papers:
    """Give an actor another name; the old one stays an alias."""
    slug = _pick(papers.actors, choice)
    return _with_actor(papers, slug, (f"Person Renamed{papers.made}", *papers.actors[slug]))


def add_actor(papers: Papers, choice: int) -> Papers:
    """Add an actor whose name stands in texts already or will."""
    alias = WORDS[choice % len(WORDS)].capitalize() if choice % 2 else f"Name{papers.made}"
    return _with_actor(papers, f"a{papers.made + 10}", (f"Person Added{papers.made}", alias))


def remove_actor(papers: Papers, choice: int) -> Papers:
    """Remove an actor, unless it is the last; who wrote something is no author any more."""
    if len(papers.actors) == 1:
        return papers
    gone = _pick(papers.actors, choice)
    return replace(
        papers,
        actors={slug: names for slug, names in papers.actors.items() if slug != gone},
        papers={
            slug: replace(paper, authors=tuple(author for author in paper.authors if author != gone))
            for slug, paper in papers.papers.items()
        },
    )


def rename_issue(papers: Papers, choice: int) -> Papers:
    """Find an issue by another word."""
    slug = _pick(papers.issues, choice)
    return replace(
        papers,
        issues={**papers.issues, slug: WORDS[choice % len(WORDS)] + " " + WORDS[(choice + 1) % len(WORDS)]},
        made=papers.made + 1,
    )


def change_template(papers: Papers, choice: int) -> Papers:
    """Override a template, change the override, or remove it."""
    name = ("actor.md.j2", "document.md.j2", "partials/backlinks.md.j2")[choice % 3]
    if f"templates/{name}" in papers.others and choice % 2:
        return _without_file(papers, f"templates/{name}")
    original = (TEMPLATES / name).read_text(encoding="utf-8")
    end = f"\n\nOverridden {papers.made}.\n" if "/" not in name else f"\n<!-- {papers.made} -->\n"
    return _with_file(papers, f"templates/{name}", original + end)


def change_words(papers: Papers, choice: int) -> Papers:
    """Word a string of the interface anew, or as before."""
    path = "templates/strings/en.yml"
    if path in papers.others and choice % 2:
        return _without_file(papers, path)
    return _with_file(papers, path, f"documents: Papers{papers.made}\nactors: People{papers.made}\n")


def change_setting(papers: Papers, choice: int) -> Papers:
    """Change a setting of the dossier."""
    settings: Mapping[str, Any] = (
        {"title": f"Papers {papers.made}"},
        {"mentions": {"link": ("every", "first-per-section", "first-per-passage")[choice // 5 % 3]}},
        {"language": ("de", "en")[choice // 5 % 2]},
        {"cards": {"notes": choice % 2 == 0, "note_delay_ms": choice % 900}},
        {"editors": [f"Ada Editor{papers.made}"]},
    )[choice % 5]
    return replace(papers, settings={**papers.settings, **settings}, made=papers.made + 1)


def change_config(papers: Papers, choice: int) -> Papers:
    """Change a setting of the site."""
    config: Mapping[str, Any] = (
        {"site_name": f"Site {papers.made}"},
        {"copyright": f"Copyright {papers.made}"},
        {"site_url": f"https://papers{papers.made}.example/"},
        {"site_description": f"Described {papers.made}"},
        {
            "nav": [
                {"Home": "index.md"},
                {"Lists": [{f"Papers {papers.made}": "documents/index.md"}, "actors/index.md"]},
            ]
        },
        {"nav": [{"Home": "index.md"}, {f"Lists {papers.made}": [{"Actors": "actors/index.md"}]}]},
        {"extra": {"generator": False, "homepage": f"https://home{papers.made}.example/"}},
        {
            "markdown_extensions": [
                "attr_list",
                "md_in_html",
                "tables",
                "toc",
                "generator.convert.extension",
                "smarty",
            ]
        },
    )[choice % 8]
    return replace(papers, config={**papers.config, **config}, made=papers.made + 1)


def change_hand_written(papers: Papers, choice: int) -> Papers:
    """Write a page by hand, rewrite it, or remove it; its links may come to lead nowhere."""
    path = f"docs/by-hand-{choice % 2}.md"
    if path in papers.others and choice % 3 == 0:
        return _without_file(papers, path)
    link = f"documents/{_pick(papers.papers, choice)}.md#{'text' if choice % 5 == 0 else 'record'}"
    text = f"# By hand {papers.made}\n\n*Words* with [a link](index.md), [another]({link}) and\n\n    code\n"
    return _with_file(papers, path, text)


EDITS: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        change_text, rename_alias, add_document, change_annotation, rename_document, change_template, add_actor,
        change_setting, remove_document, add_alias, change_config, change_title, remove_actor, change_rights,
        change_hand_written, rename_actor, change_words, remove_alias, lengthen_text, change_date, rename_issue,
        change_authors,
    )
}  # fmt: skip


def write_papers(folder: Path, papers: Papers) -> None:
    """Make a folder hold a dossier: what it held of another before is written over or deleted, what is right stays."""
    files = _files(papers)
    for path in [path for path in _own_files(folder) if path.relative_to(folder).as_posix() not in files]:
        path.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")


def touch_papers(folder: Path) -> None:
    """Give each file that the editors wrote another time."""
    for path in _own_files(folder):
        os.utime(path, ns=(1_000_000_000, 1_000_000_000))


def _own_files(folder: Path) -> list[Path]:
    found = [path for part in ("corpus", "templates") for path in folder.joinpath(part).rglob("*")]
    return [path for path in (*found, *folder.joinpath("docs").glob("by-hand-*.md")) if path.is_file()]


def _files(papers: Papers) -> dict[str, str]:
    settings = yaml.safe_dump({"title": "Papers", **papers.settings}, sort_keys=True)
    files = {"corpus/dossier.md": f"---\n{settings}---\nThe introduction.\n"}
    for slug, paper in papers.papers.items():
        files |= _paper_files(slug, paper)
    for slug, (name, *aliases) in papers.actors.items():
        record = yaml.safe_dump({"name": name, "kind": "person", "aliases": aliases})
        files[f"corpus/actors/{slug}.md"] = f"---\n{record}---\nA profile.\n"
    for slug, alias in papers.issues.items():
        record = yaml.safe_dump({"title": f"Issue {slug}", "aliases": [alias]})
        files[f"corpus/issues/{slug}.md"] = f"---\n{record}---\nAn overview.\n"
    return {**files, **papers.others, "small_shares.py": SMALL_SHARES, "mkdocs.yml": _config(papers)}


def _paper_files(slug: str, paper: Paper) -> dict[str, str]:
    record = {
        "title": paper.title,
        "date": f"{paper.year}-01-02",
        "kind": "letter",
        "rights": {"publish": paper.publish},
        "authors": list(paper.authors),
        "issues": list(paper.issues),
        **({"formerly": [paper.former]} if paper.former else {}),
    }
    cited = f"[@{slug}#¶2]" if paper.publish == "full" else ""
    files = {
        f"corpus/documents/{slug}.md": f"---\n{yaml.safe_dump(record)}---\nA digest.{cited}\n",
        f"corpus/texts/{slug}.md": "\n\n".join(paper.passages) + "\n",
    }
    if paper.note:
        quote = " ".join(paper.passages[0].split()[:3])
        note = [{"id": "n", "quote": quote, "issues": list(paper.issues), "note": paper.note}]
        files[f"corpus/annotations/{slug}.yml"] = yaml.safe_dump(note)
    return files


def _config(papers: Papers) -> str:
    """Return a configuration of the editors' own."""
    record = DossierRecord(title="Papers")
    generated = render_config(
        record, [TEMPLATES], docs_dir="docs", site_dir="site", custom_dir=".dossier/site_overrides"
    )
    config = {**yaml.safe_load(generated), **papers.config}
    config["hooks"] = ["small_shares.py", *(f".dossier/{hook}" for hook in config["hooks"])]
    return yaml.safe_dump(config, sort_keys=False)


def _passage(papers: Papers, number: int) -> str:
    """Return a passage that no other is like, with the name of an actor and of an issue."""
    words = [WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(9)]
    words.insert(5, _name(papers, number))
    words.insert(8, papers.issues[_pick(papers.issues, number)])
    return f"Unique{number} in {papers.made} " + " ".join(words) + "."


def _name(papers: Papers, choice: int) -> str:
    return papers.actors[_pick(papers.actors, choice)][-1]


def _pick(things: Mapping[str, Any], choice: int) -> str:
    return sorted(things)[choice % len(things)]


def _with_paper(papers: Papers, slug: str, **changed: Any) -> Papers:
    paper = replace(papers.papers[slug], **changed)
    return replace(papers, papers={**papers.papers, slug: paper}, made=papers.made + 1)


def _with_actor(papers: Papers, slug: str, names: tuple[str, ...]) -> Papers:
    return replace(papers, actors={**papers.actors, slug: names}, made=papers.made + 1)


def _with_file(papers: Papers, path: str, content: str) -> Papers:
    return replace(papers, others={**papers.others, path: content}, made=papers.made + 1)


def _without_file(papers: Papers, path: str) -> Papers:
    return replace(papers, others={name: text for name, text in papers.others.items() if name != path})


def _without_link(paper: Paper, slug: str) -> Paper:
    return replace(paper, note="" if f"[[{slug}]]" in paper.note else paper.note)
