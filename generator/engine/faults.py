"""What stops a build that is no fault of the corpus: no cluster, no store."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place


class EngineFault(Exception):
    """The build cannot go on here; `diagnostic` says why. What was done is kept in the work store."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.what)
        self.diagnostic = diagnostic


def cluster_missing(module: str) -> EngineFault:
    """Return the fault that the packages of the cluster are not installed."""
    return EngineFault(
        error(
            Place(path="--engine"),
            "cluster-missing",
            f"`--engine dask` needs packages that are not installed: there is no `{module}`",
            why="most dossiers are built on one machine, so they are left out",
            help="install them with `pip install 'dossier-generator[cluster]'`, or build with `--engine local`",
        )
    )


def scheduler_lost(address: str, fault: BaseException | str) -> EngineFault:
    """Return the fault that the scheduler does not answer, at first or any more."""
    words = " ".join(str(fault).split()) or type(fault).__name__
    return EngineFault(
        error(
            Place(path=address or "--scheduler"),
            "scheduler-lost",
            "the scheduler does not answer",
            why=words,
            help="start `dask scheduler` and workers, then build again: what was done is in the work store and is not "
            "done again",
        )
    )


def workers_differ(address: str, fault: str) -> EngineFault:
    """Return the fault that a worker runs another version of the program."""
    return EngineFault(
        error(
            Place(path=address or "--scheduler"),
            "workers-differ",
            f"a worker would not make the same bytes: {fault}",
            why="pages of one site would come from two versions",
            help="install the same versions on all machines, from `requirements.lock`, and start the workers again",
        )
    )


def worker_lost(address: str, fault: BaseException) -> EngineFault:
    """Return the fault that one task ended several workers."""
    return EngineFault(
        error(
            Place(path=address or "--scheduler"),
            "worker-lost",
            "a task was given up: every worker that began it was lost",
            why=" ".join(str(fault).split()),
            help="give the workers more memory, or fewer threads each; then build again: what was done is kept",
        )
    )


def bad_store(url: str, fault: BaseException | str) -> EngineFault:
    """Return the fault that a store cannot be read or written."""
    return EngineFault(
        error(
            Place(path=url),
            "bad-store",
            "this store cannot be used",
            why=" ".join(str(fault).split()) or type(fault).__name__,
            help="name a folder or an address such as `s3://bucket/work` that this machine and every worker may write, "
            "and install what it needs (`pip install s3fs` or `gcsfs`)",
        )
    )
