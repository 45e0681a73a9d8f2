"""The command line: the only place that prints."""

from __future__ import annotations

import functools
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console

from generator import __version__
from generator.build import (
    STAGES,
    Built,
    EditionChoice,
    build_dossier,
    build_if_changed,
    check_dossier,
    check_edition,
    count_corpus,
)
from generator.check import check_proofs
from generator.cluster_build import ClusterBuilt, Target, build_on_cluster
from generator.diagnostics import (
    Diagnostic,
    diagnostic_as_json,
    format_diagnostic,
    sort_diagnostics,
    stops_build,
)
from generator.doctor import examination_as_json, examine, find_document, show_examination
from generator.engine import count_processes, is_address
from generator.engine.processes import JOBS
from generator.external import check_addresses
from generator.importing.compose import RULES
from generator.importing.run import Options, import_files
from generator.importing.show import import_as_json, show_import
from generator.layout import Layout, edition_layout, find_layout
from generator.load.schemas import KINDS, schema_of_kind
from generator.model.corpus import Corpus
from generator.model.edition import PUBLIC
from generator.model.linked import LinkedCorpus
from generator.pack import pack_name, pack_site
from generator.publish import plan_publication, write_publication
from generator.quotes import (
    LOCK_FILE,
    accept_proposals,
    choose_proposals,
    find_proposals,
    plan_lock,
    quotes_as_json,
    show_quotes,
    write_lock,
)
from generator.render.strings import open_strings
from generator.report import show_count, show_progress, show_summary
from generator.resources import TEMPLATES
from generator.serve import serve_dossier
from generator.site import source_date_epoch
from generator.starter import write_starter
from generator.suggest import (
    SUGGESTION_KINDS,
    choose,
    find_suggestions,
    select,
    show_suggestions,
    show_written,
    suggestion_as_json,
    write_suggestions,
)
from generator.text.slugs import slug_fault
from generator.verify import scan_file, verify_copy
from generator.write import hold_lock

Command = TypeVar("Command", bound=Callable[..., Any])

# Each process may take some hundred megabytes.
MAX_JOBS = 4
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
            _refuse("a dossier in a store is built with `dossier build --engine dask`")
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


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage.",
)
@click.version_option(__version__, prog_name="dossier")
def main() -> None:
    """Publish an annotated dossier: a corpus of documents becomes a site of cross-linked pages.

    \b
    Examples:
      dossier new papers          start a dossier in the folder papers/
      dossier check papers        lint its corpus
      dossier build papers        write its pages and build its site
      dossier serve papers        look at it while you edit
      dossier pack papers         make one zip for readers at home
      dossier import a.pdf --into papers   make a draft of a document
      dossier publish papers      record what is published, so that changes are told
      dossier verify papers.zip   check a copy of its site
      dossier suggest papers      see what its register lacks
      dossier quotes papers       prove its quotations where the sources are
      dossier doctor memo-1962    see one document with its mentions and doubts
    """


@main.command(epilog=PATH_HELP)
@common_options
@edition_options
@engine_options
@click.option(
    "--site-dir",
    type=FolderOrAddress(path_type=Path, file_okay=False),
    help="Build the site into DIR.",
    metavar="DIR",
)
def build(
    path: Path | str,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str,
    day: datetime | None,
    site_dir: Path | str | None,
    engine: str,
    scheduler: str,
    work: str,
    jobs: int | None,
) -> None:
    """Write the pages, build the site with MkDocs, and check every link in it.

    A corpus with errors changes nothing: the pages and the site of the last good build stay as they are. With
    --engine dask PATH and the DIR of --site-dir may be addresses such as s3://bucket/papers.

    \b
    Examples:
      dossier build
      dossier build ../papers --strict
      dossier build --site-dir /srv/www/papers --json
      dossier build --edition internal --sources ~/received
      dossier build --engine dask --scheduler tcp://10.0.0.5:8786 --work /shared/work
    """
    if jobs is not None:
        os.environ[JOBS] = str(jobs)
    if engine == "local":
        if scheduler or work or isinstance(site_dir, str):
            _refuse("--scheduler, --work and sites in a store are for --engine dask")
        assert isinstance(path, Path)
        layout, layout_found = _layout(path, site_dir, as_json=as_json, edition=edition)
        # A second build of this dossier waits; a folder without a corpus is left as it is.
        lock = hold_lock(layout.work / "build.lock") if layout.corpus.is_dir() else nullcontext()
        with lock, show_progress(_errors(as_json), STAGES) as on_stage:
            built = build_if_changed(
                layout, on_stage, edition=_choice(edition, day), is_strict=strict, sources=sources
            )
        built = replace(built, diagnostics=(*layout_found, *built.diagnostics))
        answer = ClusterBuilt(built=built, layout=layout, site=str(layout.site))
    else:
        target = Target(path=path, site=site_dir, scheduler=scheduler, work=work, workers=count_processes())
        with show_progress(_errors(as_json), STAGES) as on_stage:
            answer = build_on_cluster(
                target, on_stage, edition=_choice(edition, day), is_strict=strict, sources=sources
            )
    _report(
        answer.built, answer.layout, as_json=as_json, is_build=answer.layout is not None, site=answer.site
    )
    sys.exit(0 if answer.built.is_done else 1)


@main.command(epilog=PATH_HELP)
@common_options
@edition_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the zip to FILE instead of <title>.zip in the current folder.",
    metavar="FILE",
)
def pack(
    path: Path,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str,
    day: datetime | None,
    output: Path | None,
) -> None:
    """Build the site and pack it into one zip for readers at home.

    Unpacked, its index.html opens by a double click, without a web server or a network.

    \b
    Examples:
      dossier pack
      dossier pack ../papers --output ~/Desktop/papers.zip
    """
    layout, layout_found = _layout(path, None, as_json=as_json, edition=edition)
    if output is not None:
        _check_output(output, layout)
    packed = None
    lock = hold_lock(layout.work / "build.lock") if layout.corpus.is_dir() else nullcontext()
    with lock, show_progress(_errors(as_json), (*STAGES, "pack")) as on_stage:
        built = build_dossier(
            layout, on_stage, edition=_choice(edition, day), is_strict=strict, sources=sources
        )
        if built.is_done and built.record is not None:
            on_stage("pack")
            output = output or Path(pack_name(built.record, "" if edition == PUBLIC else edition))
            strings = open_strings(layout.templates, built.record.language)
            epoch = source_date_epoch(layout.root)
            packed, found = pack_site(
                layout.site, output, built.record, strings, epoch=epoch, is_strict=strict
            )
            leaks = scan_file(output, built.withheld) if packed is not None else ()
            if leaks:
                output.unlink()
                packed = None
            diagnostics = (*built.diagnostics, *found, *leaks)
            built = replace(built, diagnostics=diagnostics, is_done=packed is not None)
    built = replace(built, diagnostics=(*layout_found, *built.diagnostics))
    _report(built, layout, as_json=as_json, is_build=True, pack=output if packed else None)
    if packed is not None and not as_json:
        click.echo(f"Packed {output} ({packed.files} files, {packed.size / 1_000_000:.1f} MB)")
    sys.exit(0 if built.is_done else 1)


@main.command(epilog=PATH_HELP)
@common_options
@click.option(
    "--edition", default=None, help="Check what this edition holds, instead of everything.", metavar="NAME"
)
@click.option(
    "--proven",
    type=click.IntRange(0, 100),
    help="Demand that so many of 100 sentences are proven, instead of what dossier.md demands.",
    metavar="PERCENT",
)
@click.option("--external", is_flag=True, help="Also ask the web whether outside addresses still answer.")
@click.option("--delay", default=1.0, show_default=True, help="Seconds between two requests to one host.")
@click.option("--cache-days", default=7, show_default=True, help="Days for which an answer is remembered.")
def check(
    path: Path,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str | None,
    proven: int | None,
    external: bool,
    delay: float,
    cache_days: int,
) -> None:
    """Lint the corpus: links, notes, names, dates, quotations, claims. Writes nothing.

    Without --edition everything is checked, and the public edition besides, where it holds less.

    \b
    Examples:
      dossier check
      dossier check --sources ~/received
      dossier check --proven 100
      dossier check --external --delay 2
    """
    layout, found = _layout(path, None, as_json=as_json)
    with show_progress(_errors(as_json), STAGES[:5]) as on_stage:
        choice = _choice(edition or PUBLIC, None)
        checked = check_dossier(layout, on_stage, sources=sources, edition=choice)
        found += checked.diagnostics
        is_narrowed = checked.corpus is not None and checked.corpus.is_narrowed
        if edition is None and is_narrowed and checked.whole is not None:
            checked = check_edition(checked.whole, None, on_stage)
            found = tuple(dict.fromkeys((*found, *checked.diagnostics)))
    if proven is not None and checked.corpus and checked.linked and checked.index:
        found = tuple(one for one in found if one.code != "too-little-proven")
        found += tuple(check_proofs(checked.corpus, checked.linked, checked.index, proven))
    if external and checked.corpus is not None and checked.linked is not None:
        found += check_addresses(
            checked.corpus, checked.linked, layout.work, delay_s=delay, cache_days=cache_days
        )
    is_clean = not stops_build(found, is_strict=strict)
    _report(
        Built(counts=count_corpus(checked), diagnostics=sort_diagnostics(found), is_done=is_clean),
        layout,
        as_json=as_json,
    )
    sys.exit(0 if is_clean else 1)


@main.command(epilog=PATH_HELP)
@common_options
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and write nothing.")
def publish(path: Path, sources: Path | None, strict: bool, as_json: bool, dry_run: bool) -> None:
    """Record what is published now in corpus/published.lock.

    From then on whatever of it is changed or removed needs an entry in corrections.yml. Run it on the corpus that you
    publish, and commit the file.

    \b
    Examples:
      dossier publish --dry-run
      dossier publish ../papers
    """
    layout, found = _layout(path, None, as_json=as_json)
    lock = nullcontext() if dry_run or not layout.corpus.is_dir() else hold_lock(layout.work / "publish.lock")
    with lock:
        choice = _choice(PUBLIC, None)
        checked = check_dossier(layout, lambda stage: None, sources=sources, edition=choice)
        found = sort_diagnostics([*found, *checked.diagnostics])
        publication = None
        if not stops_build(found, is_strict=strict) and checked.corpus and checked.linked:
            publication = plan_publication(checked.corpus, checked.linked, layout.corpus)
            if publication.is_changed and not dry_run:
                write_publication(publication, layout.corpus)
    if as_json:
        answer = {
            "ok": publication is not None,
            "written": publication is not None and publication.is_changed and not dry_run,
            "counts": dict(publication.counts) if publication else {},
            "changes": list(publication.lines) if publication else [],
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found],
        }
        click.echo(_json(answer))
        sys.exit(0 if publication else 1)
    _print_diagnostics(_errors(as_json), found)
    if publication is None:
        click.echo("Nothing was recorded.", err=True)
        sys.exit(1)
    for line in publication.lines:
        click.echo(line)
    shown = f"{layout.shown}/published.lock" if layout.shown else "published.lock"
    words = ", ".join(f"{count} {name}" for name, count in publication.counts.items())
    state = "is as it was" if not publication.is_changed else "would be written" if dry_run else "written"
    click.echo(f"{shown} {state}: {words}")


@main.command(epilog=PATH_HELP)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen, as HOST:PORT.")
def serve(path: Path, address: str) -> None:
    """Serve the site and rebuild it whenever the corpus, a template or a page in docs/ changes.

    \b
    Examples:
      dossier serve
      dossier serve ../papers --address 127.0.0.1:9000
    """
    layout, found = _layout(path, None, as_json=False)
    console = _errors(as_json=False)
    _print_diagnostics(console, found)
    try:
        sys.exit(serve_dossier(layout, address, lambda found: _print_diagnostics(console, found)))
    except OSError as fault:
        _refuse(fault.strerror or str(fault))


@main.command()
@click.argument("copy", type=click.Path(path_type=Path, exists=True), metavar="DIR|ZIP")
@click.option(
    "--expect", default="", help="The SHA-256 that manifest.json must have, as published.", metavar="SHA256"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def verify(copy: Path, expect: str, as_json: bool) -> None:
    """Check a copy of a site, in a folder or a zip, against the manifest in it. Writes nothing.

    \b
    Examples:
      dossier verify site
      dossier verify ~/Downloads/papers.zip --json
    """
    try:
        checked, found = verify_copy(copy, expected=expect)
    except OSError as fault:
        click.echo(f"dossier: the disk refused: {fault}", err=True)
        sys.exit(1)
    is_whole = checked is not None and not stops_build(found)
    if as_json:
        facts = asdict(checked) if checked else {}
        diagnostics = [diagnostic_as_json(diagnostic) for diagnostic in found]
        click.echo(_json({"ok": is_whole, "copy": str(copy), **facts, "diagnostics": diagnostics}))
        sys.exit(0 if is_whole else 1)
    _print_diagnostics(_errors(as_json), found)
    if checked is not None:
        click.echo(f"Edition   {checked.edition}")
        click.echo(f"Commit    {checked.commit or 'not known'}")
        click.echo(f"Files     {checked.files}")
        click.echo(f"Manifest  SHA-256 {checked.manifest_sha256}")
        click.echo(
            "The copy is whole and unchanged." if is_whole else "The copy is not what its manifest says."
        )
    sys.exit(0 if is_whole else 1)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Start a small dossier that builds, in the new or empty folder DIR.

    \b
    Example:
      dossier new papers && dossier build papers
    """
    try:
        written = write_starter(folder, TEMPLATES)
    except FileExistsError:
        _refuse(f"{folder} is not empty; name a new or empty folder")
    except NotADirectoryError:
        _refuse(f"{folder} is a file; name a new or empty folder")
    except OSError as fault:
        _refuse(f"{folder} cannot be written: {fault.strerror}")
    for path in written:
        click.echo(f"{folder}/{path}")
    click.echo(f"\nNext: dossier build {shlex.quote(str(folder))}, then open {folder}/site/index.html")


@main.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all schemas into DIR.",
    metavar="DIR",
)
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one kind of corpus file, for completion in an editor.

    \b
    Examples:
      dossier schema document
      dossier schema --out .schemas
    """
    if (kind is None) == (out is None):
        raise click.UsageError("name a kind to print, or a folder with --out to write all of them")
    if kind is not None:
        click.echo(_json(schema_of_kind(kind)))
        return
    assert out is not None
    out.mkdir(parents=True, exist_ok=True)
    for one in KINDS:
        path = out / f"{one}.schema.json"
        path.write_text(_json(schema_of_kind(one)) + "\n", encoding="utf-8")
        click.echo(str(path))


@main.command(name="import", epilog=PATH_HELP.replace("PATH", "--into"))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="FILE..."
)
@click.option(
    "--into",
    "path",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The dossier that the documents go to.",
    metavar="PATH",
)
@click.option(
    "--slug", default="", help="The slug of the document, where one file is imported.", metavar="SLUG"
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(RULES),
    help="Leave out a rule of repair. May be given again.",
    metavar="RULE",
)
@click.option(
    "--keep",
    "kept",
    multiple=True,
    help="Words of a line, or its number in the source, that is no furniture. May be given again.",
    metavar="LINE",
)
@click.option("--separate", is_flag=True, help="Make documents of near-duplicates, instead of versions.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Files read at a time.", metavar="N")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def import_(
    files: tuple[Path, ...],
    path: Path,
    slug: str,
    without: tuple[str, ...],
    kept: tuple[str, ...],
    separate: bool,
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make drafts of documents from files as received: text, HTML, PDF, DOCX, e-mail, ZIP, or folders of these.

    Every repair is recorded, nothing is guessed in silence, and what editors have changed is never overwritten.

    \b
    Examples:
      dossier import letter.pdf
      dossier import received/ --into papers --jobs 4
      dossier import article.html --keep 53 --without page-furniture --dry-run
    """
    if slug and (len(files) > 1 or files[0].is_dir()):
        _refuse("--slug names one document; import its file alone")
    fault = slug_fault(slug) if slug else None
    if fault is not None:
        _refuse(f"`{slug}` cannot be a slug: it {fault}")
    layout, found = _layout(path, None, as_json=as_json)
    options = Options(
        without=frozenset(without),
        kept=kept,
        slug=slug,
        is_separate=separate,
        is_dry=dry_run,
        jobs=jobs or min(os.cpu_count() or 1, MAX_JOBS),
    )
    with (
        nullcontext() if dry_run else hold_lock(layout.work / "import.lock"),
        show_count(_errors(as_json), "import") as on_read,
    ):
        result = import_files(files, layout.corpus, layout.shown, options, on_read)
    found = sort_diagnostics([*found, *result.found])
    is_clean = not stops_build(found)
    if as_json:
        answer = {"ok": is_clean, **import_as_json(result)}
        click.echo(_json({**answer, "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found]}))
    else:
        _print_diagnostics(_errors(as_json), found)
        show_import(Console(highlight=False), result, is_dry=dry_run)
    sys.exit(0 if is_clean else 1)


@main.command(epilog=PATH_HELP)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--kind", "kinds", type=click.Choice(SUGGESTION_KINDS), multiple=True, help="Show one kind alone."
)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="Show so many; 0 for all."
)
@click.option(
    "--write",
    "chosen",
    multiple=True,
    help="Put these into the register: numbers (3, 1,4-6) or ids. May be given again.",
    metavar="N|ID",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def suggest(path: Path, kinds: tuple[str, ...], limit: int, chosen: tuple[str, ...], as_json: bool) -> None:
    """Rank what the register lacks: names, abbreviations, spellings, surnames. Links nothing by itself.

    \b
    Examples:
      dossier suggest
      dossier suggest ../papers --kind name --limit 50
      dossier suggest --write 1,3-5 --write surname:ann-lee:Lee
    """
    layout, found = _layout(path, None, as_json=as_json)
    checked = check_dossier(layout, lambda stage: None)
    found += tuple(d for d in checked.diagnostics if d.severity == "error")
    if checked.corpus is None or checked.linked is None:
        _report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    suggestions, unread = find_suggestions(checked.corpus, checked.linked)
    try:
        picked = choose(suggestions, chosen)
    except ValueError as fault:
        _refuse(str(fault))
    lock = hold_lock(layout.work / "suggest.lock") if picked else nullcontext()
    with lock:
        written, not_written = write_suggestions(checked.corpus, layout.corpus, layout.shown, picked)
    found = sort_diagnostics([*found, *unread, *not_written])
    shown = select(suggestions, kinds, limit) if not chosen else ()
    is_clean = not stops_build(found)
    if as_json:
        answer = {
            "ok": is_clean,
            "count": len(suggestions),
            "suggestions": [suggestion_as_json(one) for one in shown],
            "written": [{"id": one.suggestion.id, "path": one.path} for one in written],
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found],
        }
        click.echo(_json(answer))
    else:
        _print_diagnostics(_errors(as_json), found)
        console = Console(highlight=False)
        show_written(console, written)
        if not chosen:
            show_suggestions(console, shown, len(suggestions))
    sys.exit(0 if is_clean else 1)


@main.command(epilog=PATH_HELP)
@common_options
@click.option("--fix", is_flag=True, help="Propose the nearest words for quotations that are not found.")
@click.option(
    "--accept",
    "chosen",
    multiple=True,
    help="Write these proposals into the corpus: numbers, ids, or all. May be given again.",
    metavar="N|ID",
)
def quotes(
    path: Path, sources: Path | None, strict: bool, as_json: bool, fix: bool, chosen: tuple[str, ...]
) -> None:
    """Prove every quotation where the sources are, and write corpus/evidence.lock for builds without them.

    \b
    Examples:
      dossier quotes --sources ~/received
      dossier quotes --fix
      dossier quotes --accept 1 --accept memo-1962#wall-cost
    """
    layout, layout_found = _layout(path, None, as_json=as_json)
    corpus, linked, found = _linked(layout, layout_found, sources, as_json=as_json)
    proposals = find_proposals(corpus, linked) if fix or chosen else ()
    with hold_lock(layout.work / "quotes.lock"):
        if chosen:
            try:
                picked = choose_proposals(proposals, chosen)
            except ValueError as fault:
                _refuse(str(fault))
            _, not_written = accept_proposals(corpus, layout.corpus, picked)
            corpus, linked, found = _linked(layout, layout_found, sources, as_json=as_json)
            found += not_written
            proposals = find_proposals(corpus, linked)
        change = plan_lock(corpus, linked)
        # A proposal alone changes nothing.
        outcome = (
            "not written: accept or refuse the proposals first"
            if proposals and not chosen
            else write_lock(change, layout.corpus / LOCK_FILE, is_complete=not corpus.left_out)
        )
    # The lock lacks nothing any more.
    found = sort_diagnostics(one for one in found if one.code != "lock-outdated")
    is_clean = not stops_build(found, is_strict=strict)
    if as_json:
        answer = quotes_as_json(corpus, linked, change, proposals)
        listed = [diagnostic_as_json(diagnostic) for diagnostic in found]
        click.echo(_json({"ok": is_clean, **answer, "diagnostics": listed}))
    else:
        _print_diagnostics(_errors(as_json), found)
        show_quotes(Console(highlight=False), linked, change, proposals, lock=outcome)
    sys.exit(0 if is_clean else 1)


def _linked(
    layout: Layout, layout_found: tuple[Diagnostic, ...], sources: Path | None, *, as_json: bool
) -> tuple[Corpus, LinkedCorpus, tuple[Diagnostic, ...]]:
    """Return the whole corpus linked, with all findings; ends the run where there is none."""
    checked = check_dossier(layout, lambda stage: None, sources=sources)
    found = (*layout_found, *checked.diagnostics)
    if checked.corpus is None or checked.linked is None:
        _report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    return checked.corpus, checked.linked, found


@main.command(epilog=PATH_HELP)
@click.argument("document", metavar="DOC")
@common_options
def doctor(document: str, path: Path, sources: Path | None, strict: bool, as_json: bool) -> None:
    """Show one document with all that was found in it, and all that is doubtful.

    DOC is its slug, or the path of its record, transcription, annotations or source.

    \b
    Examples:
      dossier doctor memo-1962
      dossier doctor corpus/texts/memo-1962.md --json
    """
    layout, found = _layout(path, None, as_json=as_json)
    checked = check_dossier(layout, lambda stage: None, sources=sources)
    found += checked.diagnostics
    if checked.corpus is None or checked.linked is None:
        _report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    try:
        slug = find_document(checked.corpus, layout.corpus, document)
    except ValueError as fault:
        _refuse(str(fault))
    examination = examine(checked.corpus, checked.linked, found, slug)
    is_clean = not stops_build(examination.diagnostics, is_strict=strict)
    if as_json:
        click.echo(_json({"ok": is_clean, **examination_as_json(examination)}))
    else:
        show_examination(Console(highlight=False), examination)
    sys.exit(0 if is_clean else 1)


def _choice(edition: str, day: datetime | None) -> EditionChoice:
    """Return the edition asked for on the day asked for: else that of SOURCE_DATE_EPOCH, else today, in UTC."""
    if day is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        is_set = epoch.isascii() and epoch.isdigit()
        day = datetime.fromtimestamp(int(epoch), UTC) if is_set else datetime.now(UTC)
    return EditionChoice(name=edition, day=day.strftime("%Y-%m-%d"))


def _layout(
    path: Path, site_dir: Path | None, *, as_json: bool, edition: str = PUBLIC
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Return the dossier's layout with the findings on it; ends the run where it has none."""
    layout, found = find_layout(path, packaged_templates=TEMPLATES, site=site_dir)
    if layout is None:
        _report(Built(diagnostics=found), None, as_json=as_json)
        sys.exit(1)
    return (layout if edition == PUBLIC else edition_layout(layout, edition, site_dir)), found


def _check_output(output: Path, layout: Layout) -> None:
    """End the run where no zip can be written."""
    if output.resolve().is_relative_to(layout.site.resolve()):
        _refuse(f"{output} is inside the site, which every build replaces; name a file elsewhere")
    if not output.absolute().parent.is_dir():
        _refuse(f"{output.parent} is no folder; make it, or name a file elsewhere")


def _report(
    built: Built,
    layout: Layout | None,
    *,
    as_json: bool,
    is_build: bool = False,
    pack: Path | None = None,
    site: str = "",
) -> None:
    """Print the findings and the summary; with --json one object on standard output and nothing else there."""
    if as_json:
        answer = {
            "ok": built.is_done,
            "site": site or (str(layout.site) if layout is not None else None),
            **({"pack": str(pack)} if pack is not None else {}),
            "counts": dict(built.counts),
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in built.diagnostics],
        }
        click.echo(_json(answer))
        return
    _print_diagnostics(_errors(as_json), built.diagnostics)
    show_summary(Console(highlight=False), built, layout, is_build=is_build, site=site)


def _print_diagnostics(console: Console, found: Iterable[Diagnostic]) -> None:
    for diagnostic in found:
        colour = {"error": "bold red", "warning": "yellow", "info": "dim"}[diagnostic.severity]
        first, *rest = format_diagnostic(diagnostic).split("\n")
        console.print(first, style=colour, markup=False, soft_wrap=True)
        for line in rest:
            console.print(line, markup=False, soft_wrap=True)


def _errors(as_json: bool) -> Console:
    return Console(stderr=True, highlight=False, quiet=as_json)


def _refuse(message: str) -> NoReturn:
    click.echo(f"dossier: {message}", err=True)
    sys.exit(2)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
