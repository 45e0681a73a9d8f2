"""What the register lacks, ranked; it suggests and never links."""

from generator.suggest.choose import choose
from generator.suggest.model import SUGGESTION_KINDS, Suggestion
from generator.suggest.register import write_suggestions
from generator.suggest.show import select, show_suggestions, show_written, suggestion_as_json
from generator.suggest.suggest import find_suggestions

__all__ = [
    "SUGGESTION_KINDS",
    "Suggestion",
    "choose",
    "find_suggestions",
    "select",
    "show_suggestions",
    "show_written",
    "suggestion_as_json",
    "write_suggestions",
]
