"""One document as its editor should see it: all that was found in it, and all that is doubtful."""

from generator.doctor.examine import Examination, examine
from generator.doctor.find import find_document
from generator.doctor.show import examination_as_json, show_examination

__all__ = ["Examination", "examination_as_json", "examine", "find_document", "show_examination"]
