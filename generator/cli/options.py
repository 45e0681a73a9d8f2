"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.cli.answers import refuse
from generator.engine import is_address
from generator.model.edition_names import PUBLIC

Command = TypeVar("Command", bound=Callable[..., Any])

PATH_HELP = "PATH is a folder that holds corpus/, or a corpus folder itself; the current folder if left out."


def common_options(command: Command) -> Command:
    """Add PATH, --sources, --strict and --json."""

    @click.argument("path", type=FolderOrAddress(path_type=Path, file_okay=False), default=".")
    @click.option(
        "--sources",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Check quotations against the source files in DIR instead of corpus/sources/.",
        metavar="DIR",
    )
    @click.option("--strict", is_flag=True, help="Treat warnings as errors.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if isinstance(kwargs.get("path"), str) and kwargs.get("engine") != "dask":
            refuse("a dossier in a store is built with `dossier build --engine dask`")
        try:
            return command(*args, **kwargs)
        except (OSError, RuntimeError) as fault:
            # A RuntimeError is a loop of symbolic links, before Python 3.13.
            click.echo(f"dossier: the disk refused: {fault}", err=True)
            sys.exit(1)

    return wrapped  # type: ignore[return-value]


class FolderOrAddress(click.Path):
    """A folder, or an address of fsspec such as `s3://bucket/papers`, which stays a string."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what was named."""
        return value if isinstance(value, str) and is_address(value) else super().convert(value, param, ctx)


def engine_options(command: Command) -> Command:
    """Add --engine, --scheduler, --work and --jobs."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="Use so many processes on this machine; as many as it has processors if left out.",
            metavar="N",
        ),
        click.option(
            "--work",
            default="",
            help="Keep the results of tasks in STORE, a folder or an address; .dossier/work if left out.",
            metavar="STORE",
        ),
        click.option(
            "--scheduler",
            default="",
            help="The scheduler of a Dask cluster; one is started on this machine if left out.",
            metavar="ADDRESS",
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Build on this machine, or as tasks of a Dask cluster.",
        ),
    ):
        command = option(command)
    return command


def edition_options(command: Command) -> Command:
    """Add --edition and --date."""
    command = click.option(
        "--date",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day by which embargoes end; that of SOURCE_DATE_EPOCH or today if left out.",
        metavar="DAY",
    )(command)
    return click.option(
        "--edition",
        default=PUBLIC,
        show_default=True,
        help="Which edition: public, internal, or one of the dossier's own.",
        metavar="NAME",
    )(command)
