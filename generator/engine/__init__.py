"""The stages over partitions of a corpus: as tasks that exchange keys of a work store, here or on a cluster."""

from generator.engine.faults import EngineFault
from generator.engine.here import Here
from generator.engine.site_task import build_share
from generator.engine.stages import PartitionedStages
from generator.engine.store import WorkStore, open_store
from generator.engine.tasks import Engine

__all__ = [
    "Engine",
    "EngineFault",
    "Here",
    "PartitionedStages",
    "WorkStore",
    "build_share",
    "open_store",
]
