"""One run of the site builder in a process of its own; the generator itself never imports it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place
from generator.site.builder_log import read_builder_log
from generator.site.folders import check_site_folder, mark_site, new_site_folder, repair_site
from generator.site.mkdocs_paths import read_mkdocs_paths

# -P: the dossier's folder must not shadow a module. ProperDocs takes the same options after its own name.
MKDOCS: tuple[str, ...] = (sys.executable, "-P", "-m", "mkdocs")

# ESC[33mWARNING -  ESC[0mDoc file …: MkDocs colours its log even where nobody can see it.
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteBuild:
    """The folder that was built, None where the builder failed, and all that the builder printed."""

    folder: Path | None
    output: str


def build_site(
    config: Path,
    site_dir: Path,
    *,
    epoch: int,
    is_strict: bool,
    builder: tuple[str, ...] = MKDOCS,
    docs: Path | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> tuple[SiteBuild, tuple[Diagnostic, ...]]:
    """Return the site built into a new folder beside `site_dir`, which stays as it is until `swap_site`.

    `epoch` is the moment of the build in seconds since 1970. `builder` is the command before `build`: any program that
    takes the options of `mkdocs build`. Under `is_strict` the builder's own warnings are failures. `docs` holds the
    pages, if not the folder that the configuration names. `variables` are for the builder's environment.
    """
    paths, found = read_mkdocs_paths(config)
    if paths is None:
        return SiteBuild(folder=None, output=""), found
    site_dir = site_dir.resolve()
    repair_site(site_dir)
    foreign = check_site_folder(site_dir, (config.resolve().parent, paths.docs_dir.resolve()))
    if foreign:
        return SiteBuild(folder=None, output=""), foreign
    built = new_site_folder(site_dir)
    try:
        code, printed = _run_builder(config, built, epoch, is_strict, builder, docs, variables)
    except BaseException:
        shutil.rmtree(built, ignore_errors=True)
        raise
    output = COLOUR.sub("", printed)
    found = read_builder_log(output, config.name, paths.docs_dir.name)
    if code != 0:
        shutil.rmtree(built, ignore_errors=True)
        return SiteBuild(folder=None, output=output), (*found, _failed(config, code, output, found))
    mark_site(built)
    return SiteBuild(folder=built, output=output), found


def _run_builder(
    config: Path,
    built: Path,
    epoch: int,
    is_strict: bool,
    builder: tuple[str, ...],
    docs: Path | None,
    variables: Mapping[str, str],
) -> tuple[int, str]:
    """Return the exit code and everything printed."""
    built.parent.mkdir(parents=True, exist_ok=True)
    # MkDocs reads a configuration from its standard input, and paths in it from the folder it runs in.
    inherited = json.dumps({"INHERIT": config.name, "docs_dir": str(docs)}) if docs is not None else ""
    options = [
        "--config-file",
        "-" if inherited else config.name,
        "--site-dir",
        str(built),
        *(["--strict"] if is_strict else []),
    ]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONUTF8": "1",
        "DOSSIER_FINISHES": "1",
        **variables,
    }
    ended = subprocess.run(
        [*builder, "build", *options],
        cwd=config.absolute().parent,
        env=environment,
        input=inherited,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return ended.returncode, ended.stdout


def _failed(config: Path, code: int, output: str, found: tuple[Diagnostic, ...]) -> Diagnostic:
    """Return the finding that nothing was built, with the builder's last word."""
    last = next(
        (line.strip() for line in reversed(output.splitlines()) if line.strip()), "it printed nothing"
    )
    return error(
        Place(path=config.name),
        "site-builder",
        f"the site builder ended with exit code {code}",
        why=last,
        help="mend the other findings of the site builder" if found else "read all that it printed",
    )
