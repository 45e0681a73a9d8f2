"""How work is spread over the processes of one machine, or as tasks over a cluster; what it is, the stages know."""

from generator.engine.cluster import Cluster, open_cluster
from generator.engine.faults import EngineFault
from generator.engine.here import Here
from generator.engine.processes import (
    WorkerDied,
    WorkerFailed,
    begin,
    begin_some,
    count_processes,
    map_in_processes,
    map_long_work,
)
from generator.engine.store import WorkStore, is_address, open_store
from generator.engine.stored import StoredMapping, stored_mapping
from generator.engine.tasks import (
    Done,
    Engine,
    Result,
    Shared,
    Sizes,
    Work,
    identity_of,
    read_result,
)

__all__ = [
    "Cluster",
    "Done",
    "Engine",
    "EngineFault",
    "Here",
    "Result",
    "Shared",
    "Sizes",
    "StoredMapping",
    "Work",
    "WorkStore",
    "WorkerDied",
    "WorkerFailed",
    "begin",
    "begin_some",
    "count_processes",
    "identity_of",
    "is_address",
    "map_in_processes",
    "map_long_work",
    "open_cluster",
    "open_store",
    "read_result",
    "stored_mapping",
]
