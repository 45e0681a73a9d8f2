"""How work is spread over the machine; what the work is, the stages know."""

from generator.engine.processes import WorkerDied, WorkerFailed, count_processes, map_in_processes

__all__ = ["WorkerDied", "WorkerFailed", "count_processes", "map_in_processes"]
