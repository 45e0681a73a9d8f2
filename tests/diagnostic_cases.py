"""The cases in tests/cases/, one file each: a sentence, the files that differ from the harbour corpus, the findings.

    A sentence that says what goes wrong.

    -- actors/ann-lee.md --
    …
    -- expected --
    corpus/actors/ann-lee.md:2:1: error[…] …

`python -m tests.diagnostic_cases` writes what the program now says into every case: read the diff.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.corpora import stage

FOLDER = Path(__file__).parent / "cases"
# -- actors/ann-lee.md --
HEADER = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: `name` is `<code>/<variant>`, `expected` the findings as printed."""

    name: str
    sentence: str
    files: dict[str, str]
    expected: str


def read_cases() -> tuple[Case, ...]:
    """Return all cases by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*/*.txt")))


def _read(path: Path) -> Case:
    sentence, *sections = HEADER.split(path.read_text(encoding="utf-8"))
    files = dict(zip(sections[::2], sections[1::2], strict=True))
    expected = files.pop("expected")
    return Case(
        name=f"{path.parent.name}/{path.stem}",
        sentence=sentence.strip(),
        files=files,
        expected=expected.rstrip("\n"),
    )


def write_expected() -> None:
    """Write what the program says of each case into its file."""
    for case in read_cases():
        with tempfile.TemporaryDirectory() as folder:
            messages = stage(Path(folder), case.files).messages
        sections = {**case.files, "expected": f"{messages}\n"}
        text = "".join(f"-- {name} --\n{content}" for name, content in sections.items())
        (FOLDER / f"{case.name}.txt").write_text(f"{case.sentence}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    write_expected()
