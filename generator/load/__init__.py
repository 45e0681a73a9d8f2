"""Stage one: files to records, all faults at once, with line and column."""

from generator.load.corpus import load_corpus

__all__ = ["load_corpus"]
