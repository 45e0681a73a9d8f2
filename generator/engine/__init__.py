"""How work is spread over the processes of one machine, or as tasks over a cluster; what it is, the stages know."""

from generator.engine.cluster import Cluster, open_cluster
from generator.engine.faults import EngineFault
from generator.engine.here import Here
from generator.engine.processes import WorkerDied, WorkerFailed, count_processes, map_in_processes
from generator.engine.stages import LOCAL, LocalStages, PartedStages, Stages
from generator.engine.store import WorkStore, is_address, open_store
from generator.engine.tasks import Engine

__all__ = [
    "LOCAL",
    "Cluster",
    "Engine",
    "EngineFault",
    "Here",
    "LocalStages",
    "PartedStages",
    "Stages",
    "WorkStore",
    "WorkerDied",
    "WorkerFailed",
    "count_processes",
    "is_address",
    "map_in_processes",
    "open_cluster",
    "open_store",
]
