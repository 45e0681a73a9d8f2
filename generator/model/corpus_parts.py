"""The folders and files of a corpus, by name."""

PARTS = (
    "documents",
    "texts",
    "annotations",
    "actors",
    "issues",
    "sources",
    "imports",
    "citations.yml",
    "evidence.lock",
    "corrections.yml",
    "published.lock",
    "dossier.md",
    "about.md",
)
