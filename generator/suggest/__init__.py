"""What the register lacks, ranked; it suggests and never links."""

from generator.suggest.choose import choose
from generator.suggest.model import KINDS, Suggestion
from generator.suggest.register import write_suggestions
from generator.suggest.show import select, show_suggestions, show_written, suggestion_as_json
from generator.suggest.suggest import suggest

__all__ = [
    "KINDS",
    "Suggestion",
    "choose",
    "select",
    "show_suggestions",
    "show_written",
    "suggest",
    "suggestion_as_json",
    "write_suggestions",
]
