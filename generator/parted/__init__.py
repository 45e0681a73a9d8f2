"""The stages over parts of a corpus, as tasks of an engine that exchange keys of a work store."""

from generator.parted.remote import check_target, fetch_dossier, upload_site
from generator.parted.stages import LOCAL, LocalStages, PartedStages, Stages

__all__ = [
    "LOCAL",
    "LocalStages",
    "PartedStages",
    "Stages",
    "check_target",
    "fetch_dossier",
    "upload_site",
]
