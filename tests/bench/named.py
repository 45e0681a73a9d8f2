"""How large the pages become of an actor whom every document names and quotes, all about one issue.

Usage: python tests/bench/named.py [DOCUMENTS]

10,000 documents if left out: two sentences each, one of them hers. Prints what the build took, and the largest pages of
the site and of its Markdown; the actor's own comes last.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.measure import build

DOCUMENTS = 10_000
# What the issue of this project allows a page of an actor.
LIMIT_KB = 200
SHOWN = 5


def main() -> None:
    """Build, and print."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        dossier = Path(folder).resolve()
        write_corpus(dossier / "corpus", documents)
        cost = build(dossier)
        told = f"built in {cost.seconds:.0f} s, largest process {cost.memory_mb:.0f} MB"
        print(f"{documents:,} documents, {told}")  # noqa: T201
        pages = sorted(
            ((path.stat().st_size / 1000, path) for path in (dossier / "site").rglob("*.html")), reverse=True
        )
        own = dossier / "site/actors/ann-lee.html"
        for size, path in [*pages[:SHOWN], (own.stat().st_size / 1000, own)]:
            print(f"{size:8.0f} KB  {path.relative_to(dossier)}")  # noqa: T201
        behind = sum(path.parent.name == "ann-lee" for _, path in pages)
        print(f"{LIMIT_KB} KB are allowed; {behind:,} pages stand behind hers")  # noqa: T201


def write_corpus(folder: Path, documents: int) -> None:
    """Write the corpus."""
    for name in ("documents", "texts", "annotations", "actors", "issues"):
        (folder / name).mkdir(parents=True)
    for slug, name in (("ann-lee", "Ann Lee"), ("bo-ray", "Bo Ray")):
        (folder / f"actors/{slug}.md").write_text(f"---\nname: {name}\nkind: person\n---\nNamed.\n")
    (folder / "issues/wall.md").write_text("---\ntitle: The wall\n---\nDisputed.\n")
    for number in range(documents):
        day = f"19{number % 90 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        record = (
            f"---\ntitle: Letter {number}\ndate: {day}\nkind: letter\nauthors: [ann-lee]\nissues: [wall]\n"
        )
        (folder / f"documents/d{number}.md").write_text(
            f"{record}rights: {{publish: full}}\n---\nAnn Lee asks Bo Ray for {number} stones.[@d{number}#¶1]\n"
        )
        text = (
            f"Ann Lee writes to Bo Ray that {number} stones are wanting. Nobody has answered letter {number}."
        )
        (folder / f"texts/d{number}.md").write_text(f"{text}\n")
        statement = f"- {{id: n1, quote: '{number} stones are wanting', speaker: ann-lee, issues: [wall]}}\n"
        (folder / f"annotations/d{number}.yml").write_text(statement)


if __name__ == "__main__":
    main()
