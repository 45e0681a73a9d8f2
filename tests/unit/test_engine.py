"""The stages as tasks: the same bytes however the work is cut, whoever dies, and wherever the files stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import fsspec
import pytest
from click.testing import CliRunner
from dask.config import set as settings
from distributed import Client, LocalCluster

from generator.build import build_dossier, check_dossier
from generator.built import Built, EditionChoice, OnStage
from generator.cli import main
from generator.diagnostics import format_diagnostic
from generator.engine import Cluster, EngineFault, Here, WorkStore, open_cluster, open_store
from generator.engine.stored import stored_mapping
from generator.engine.tasks import Shared, Sizes, Work
from generator.finish import write_search_index
from generator.finish.search_plan import Sizes as SearchSizes
from generator.layout import Layout, find_layout
from generator.parted import LOCAL, PartedStages, check_target, fetch_dossier, upload_site
from generator.parted.search import index_site_parted
from generator.resources import TEMPLATES
from tests.corpora import HARBOUR, write_corpus
from tests.diagnostic_cases import Case, read_cases
from tests.engine_tasks import die, die_once, fail, multiply

SMALL = Sizes(documents=1, bucket=1, pages=5, built_pages=12)
DAY = "2026-01-01"
INTERNAL = "internal"


def layout_of(folder: Path) -> Layout:
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    return layout


def build(
    layout: Layout,
    engine: Here | Cluster | None = None,
    *,
    corpus: str = "",
    on_stage: OnStage = lambda stage: None,
) -> Built:
    stages = LOCAL if engine is None else PartedStages(engine, corpus)
    return build_dossier(layout, on_stage, edition=EditionChoice(day=DAY), stages=stages)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def works(*values: object) -> list[Work]:
    return [Work(identity=repr(value), value=value) for value in values]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose site was built without tasks."""
    folder = tmp_path_factory.mktemp("local")
    write_corpus(folder)
    assert build(layout_of(folder)).is_done
    return folder


@pytest.fixture(scope="module")
def two_workers() -> Iterator[LocalCluster]:
    with (
        settings({"distributed.scheduler.allowed-failures": 2}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
    ):
        yield cluster


def kill_a_worker(cluster: LocalCluster) -> None:
    nanny = next(iter(cluster.workers.values()))
    os.kill(nanny.pid, signal.SIGKILL)


def test_a_build_on_two_workers_is_byte_identical_though_one_is_killed(
    harbour: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    write_corpus(tmp_path)

    def on_stage(stage: str) -> None:
        if stage == "render":
            kill_a_worker(two_workers)

    with Client(two_workers) as client:
        engine = Cluster(client, WorkStore(str(tmp_path / "work")), SMALL)
        assert build(layout_of(tmp_path), engine, on_stage=on_stage).is_done
    assert files_of(tmp_path / "site") == files_of(harbour / "site")
    assert files_of(tmp_path / "docs") == files_of(harbour / "docs")
    assert engine.ran > 20


def test_a_task_whose_worker_dies_is_run_on_another(two_workers: LocalCluster, tmp_path: Path) -> None:
    names = ["one", "two", "three"]
    with Client(two_workers) as client:
        engine = Cluster(client, WorkStore(str(tmp_path / "work")))
        done = engine.map(die_once, Shared(identity="dying", value=str(tmp_path)), works(*names))
    assert (tmp_path / "died").exists()
    assert [one.summary for one in done] == names


@pytest.mark.slow
def test_a_task_that_ends_every_worker_is_given_up(two_workers: LocalCluster, tmp_path: Path) -> None:
    with Client(two_workers) as client:
        engine = Cluster(client, WorkStore(str(tmp_path / "work")), address="tcp://example")
        with pytest.raises(EngineFault) as raised:
            engine.map(die, Shared(identity="none", value=None), works("one"))
    assert raised.value.diagnostic.code == "worker-lost"
    assert raised.value.diagnostic.place.path == "tcp://example"


def test_what_a_task_raises_is_raised_here(two_workers: LocalCluster, tmp_path: Path) -> None:
    with Client(two_workers) as client:
        engine = Cluster(client, WorkStore(str(tmp_path / "work")))
        with pytest.raises(LookupError, match="this one"):
            engine.map(fail, Shared(identity="none", value=None), works("this one"))


def test_the_scheduler_sees_only_names(two_workers: LocalCluster, tmp_path: Path) -> None:
    secret = "x" * 100_000
    with Client(two_workers) as client:
        engine = Cluster(client, WorkStore(str(tmp_path / "work")))
        engine.map(multiply, Shared(identity="text", value=secret), works(2, 3))
        held = client.run_on_scheduler(lambda dask_scheduler: repr(dask_scheduler.transition_log))
        sizes = client.run_on_scheduler(
            lambda dask_scheduler: [task.nbytes for task in dask_scheduler.tasks.values()]
        )
    assert secret not in held
    assert all(size < 1000 for size in sizes)


def test_a_scheduler_that_is_lost_is_an_error_with_help(tmp_path: Path) -> None:
    cluster = LocalCluster(n_workers=1, processes=False, dashboard_address="127.0.0.1:0")
    store = WorkStore(str(tmp_path / "work"))
    shared = Shared(identity="3", value=3)
    with open_cluster(store, cluster.scheduler_address, 1, patience_s=1) as engine:
        assert engine.map(multiply, shared, works(1))[0].summary == 3
        cluster.close()
        with pytest.raises(EngineFault) as raised:
            engine.map(multiply, shared, works(1, 2))
    assert raised.value.diagnostic.code == "scheduler-lost"
    assert raised.value.diagnostic.place.path == cluster.scheduler_address


def test_a_scheduler_that_is_not_there_is_an_error_with_help(tmp_path: Path) -> None:
    store = WorkStore(str(tmp_path / "work"))
    with pytest.raises(EngineFault) as raised, open_cluster(store, "tcp://127.0.0.1:9", 1, patience_s=0.5):
        pass
    told = format_diagnostic(raised.value.diagnostic).splitlines()
    assert told[0] == "tcp://127.0.0.1:9:1:1: error[scheduler-lost] the scheduler does not answer"
    assert "start `dask scheduler` and workers, then build again" in told[2]


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_faults_are_told_alike_however_the_corpus_is_cut(case: Case, tmp_path: Path) -> None:
    write_corpus(tmp_path, case.files)
    layout = layout_of(tmp_path)
    edition = EditionChoice(day=DAY)
    plain = check_dossier(layout, lambda stage: None, edition=edition)
    stages = PartedStages(Here(WorkStore(str(tmp_path / "work")), SMALL))
    parted = check_dossier(layout, lambda stage: None, edition=edition, stages=stages)
    assert parted.diagnostics == plain.diagnostics
    assert (parted.corpus is None) == (plain.corpus is None)


@pytest.mark.parametrize("edition", ["public", INTERNAL])
def test_what_an_edition_holds_does_not_depend_on_the_cut(edition: str, tmp_path: Path) -> None:
    withheld = HARBOUR["documents/minutes-1963.md"].replace("\n---\n", "\ninternal: true\n---\n", 1)
    write_corpus(tmp_path, {"documents/minutes-1963.md": withheld})
    choice = EditionChoice(name=edition, day=DAY)
    layout = layout_of(tmp_path)
    plain = check_dossier(layout, lambda stage: None, edition=choice)
    for sizes in (SMALL, Sizes(documents=2, bucket=1), Sizes()):
        stages = PartedStages(Here(WorkStore(str(tmp_path / "work")), sizes))
        parted = check_dossier(layout, lambda stage: None, edition=choice, stages=stages)
        assert plain.corpus is not None
        assert parted.corpus is not None
        assert parted.diagnostics == plain.diagnostics
        assert dict(parted.corpus.documents) == dict(plain.corpus.documents)
        assert list(parted.corpus.documents) == list(plain.corpus.documents)
        assert parted.corpus.inputs == plain.corpus.inputs
        assert (parted.corpus.withheld, parted.corpus.is_narrowed) == (
            plain.corpus.withheld,
            plain.corpus.is_narrowed,
        )
        assert parted.linked is not None
        assert plain.linked is not None
        assert dict(parted.linked.texts) == dict(plain.linked.texts)
        assert list(parted.linked.texts) == list(plain.linked.texts)
        assert dict(parted.linked.quotations) == dict(plain.linked.quotations)
        assert parted.index is not None
        assert plain.index is not None
        for name in ("backlinks", "named_in", "names_of", "co_mentions", "sentences"):
            one: Mapping[str, object] = getattr(parted.index, name)
            other: Mapping[str, object] = getattr(plain.index, name)
            assert list(one.items()) == list(other.items()), name
        assert parted.index.statements == plain.index.statements


def test_a_build_that_was_interrupted_does_not_start_again(harbour: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path)
    store = WorkStore(str(tmp_path / "work"))

    def interrupt(stage: str) -> None:
        if stage == "write":
            raise KeyboardInterrupt

    first, second, third = (Here(store, SMALL) for _ in range(3))
    with pytest.raises(KeyboardInterrupt):
        build(layout_of(tmp_path), first, on_stage=interrupt)
    assert build(layout_of(tmp_path), second).is_done
    assert build(layout_of(tmp_path), third).is_done
    assert first.ran > 20
    # The site alone was left.
    assert 0 < second.ran < 10
    assert third.ran == 0
    assert files_of(tmp_path / "site") == files_of(harbour / "site")


def test_a_changed_document_is_read_again(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    store = WorkStore(str(tmp_path / "work"))

    def titles() -> dict[str, str]:
        stages = PartedStages(Here(store, SMALL))
        checked = check_dossier(layout_of(tmp_path), lambda stage: None, stages=stages)
        assert checked.corpus is not None
        return {slug: entry.record.title for slug, entry in checked.corpus.documents.items()}

    before = titles()
    path = tmp_path / "corpus/documents/memo-1962.md"
    path.write_text(path.read_text().replace("harbour wall", "harbour wall, revised", 1))
    assert titles() == before | {"memo-1962": "Memorandum on the harbour wall, revised"}


def test_a_large_index_is_the_same_from_tasks(harbour: Path, tmp_path: Path) -> None:
    sizes = SearchSizes(segment=2, part=8)
    for name in ("tasks", "local"):
        shutil.copytree(harbour / "site", tmp_path / name)
    engine, again = (Here(WorkStore(str(tmp_path / "work"))) for _ in range(2))
    for one in (engine, again):
        assert index_site_parted(one, tmp_path / "tasks", "site", None, sizes) == ()
    assert write_search_index(tmp_path / "local", "site", sizes=sizes) == ()
    assert files_of(tmp_path / "tasks") == files_of(tmp_path / "local")
    entry = json.loads((tmp_path / "tasks/pagefind/pagefind-entry.json").read_text())
    assert len(entry["languages"]) > 2
    assert engine.ran > len(entry["languages"])
    assert again.ran == 0


def test_a_build_after_a_change_is_that_of_the_changed_dossier(tmp_path: Path) -> None:
    for name in ("tasks", "local"):
        write_corpus(tmp_path / name)
    store = WorkStore(str(tmp_path / "work"))
    first, second = (Here(store, SMALL) for _ in range(2))
    assert build(layout_of(tmp_path / "tasks"), first).is_done
    first.forget_others()
    for name in ("tasks", "local"):
        path = tmp_path / name / "corpus/documents/memo-1962.md"
        path.write_text(path.read_text().replace("harbour wall", "harbour wall, revised", 1))
    assert build(layout_of(tmp_path / "tasks"), second).is_done
    assert build(layout_of(tmp_path / "local")).is_done
    assert files_of(tmp_path / "tasks/site") == files_of(tmp_path / "local/site")
    assert 0 < second.ran < first.ran


def test_results_of_another_state_are_removed_after_a_build(tmp_path: Path) -> None:
    store = WorkStore(str(tmp_path / "work"))
    old, new = Here(store), Here(store)
    old.map(multiply, Shared(identity="2", value=2), works(1, 2))
    new.map(multiply, Shared(identity="3", value=3), works(1))
    assert len(store.names("results")) == 6
    new.forget_others()
    assert len(store.names("results")) == 2
    assert len(store.names("shared")) == 1
    again = Here(store)
    again.map(multiply, Shared(identity="3", value=3), works(1))
    assert again.ran == 0


@pytest.mark.parametrize("address", ["", "memory://work"])
def test_values_stay_in_the_store_until_they_are_asked_for(address: str, tmp_path: Path) -> None:
    store = open_store(address or str(tmp_path))
    engine = Here(store)
    done = engine.map(multiply, Shared(identity="12", value=12), works(3, 1))
    assert [one.summary for one in done] == [36, 12]
    digits = stored_mapping(store, done[:1], "digits")
    assert dict(digits) == {0: "3", 1: "6"}
    assert list(stored_mapping(store, done, "digits", order=lambda key: -key)) == [1, 0]
    assert 2 not in digits
    with pytest.raises(KeyError):
        digits[2]
    store.remove(store.names("results"))
    assert not store.names("results")


def test_a_dossier_in_a_store_gives_the_same_site(harbour: Path, tmp_path: Path) -> None:
    papers, target = open_store("memory://papers"), open_store("memory://papers-site")
    for name, text in HARBOUR.items():
        papers.write(f"corpus/{name}", text.encode())
    corpus = fetch_dossier("memory://papers", tmp_path)
    assert not (tmp_path / "corpus/documents").exists()
    engine = Here(WorkStore(str(tmp_path / "work")), SMALL)
    target.write("old.html", b"")
    assert [one.code for one in check_target(target)] == ["foreign-site"]
    target.remove(["old.html"])
    assert check_target(target) == ()
    assert build(layout_of(tmp_path), engine, corpus=corpus).is_done
    upload_site(tmp_path / "site", target)
    assert {name: target.read(name) for name in target.names("")} == files_of(harbour / "site")
    assert check_target(target) == ()


@pytest.mark.slow
def test_pages_that_take_titles_from_each_other_are_made_together(tmp_path: Path) -> None:
    write_corpus(tmp_path / "one")
    assert build(layout_of(tmp_path / "one")).is_done
    own = (tmp_path / "one/.dossier/mkdocs.yml").read_text()
    for generated, moved in (
        ('docs_dir: "../docs"', "docs_dir: docs"),
        ('custom_dir: "site_overrides"', "custom_dir: .dossier/site_overrides"),
        ("- site_overrides/hooks.py", "- .dossier/site_overrides/hooks.py"),
    ):
        assert generated in own
        own = own.replace(generated, moved)
    own = re.sub(r"\nnav:\n(?: .*\n)*", "\nnav: [index.md, timeline.md]\n", own)
    sites = []
    for name in ("two", "three"):
        write_corpus(tmp_path / name)
        (tmp_path / name / "mkdocs.yml").write_text(own)
        engine = Here(WorkStore(str(tmp_path / "work")), SMALL) if name == "three" else None
        built = build(layout_of(tmp_path / name), engine)
        assert built.is_done, built.diagnostics
        sites.append(files_of(tmp_path / name / "site"))
    assert sites[0] == sites[1]


def test_without_its_packages_the_cluster_is_an_error_with_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_corpus(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = CliRunner().invoke(main, ["build", str(tmp_path), "--engine", "dask"])
    assert ended.exit_code == 1
    assert ended.stderr == (
        "--engine:1:1: error[cluster-missing] `--engine dask` needs packages that are not installed: there is no "
        "`distributed`\n"
        "  why:  most dossiers are built on one machine, so they are left out\n"
        "  help: install them with `pip install 'dossier-generator[cluster]'`, or build with `--engine local`\n"
    )
    assert not (tmp_path / "site").exists()


def test_a_store_that_nobody_knows_is_an_error_with_help(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    ended = CliRunner().invoke(
        main, ["build", str(tmp_path), "--engine", "dask", "--work", "nowhere://bucket"]
    )
    assert ended.exit_code == 1
    assert ended.stderr.startswith("nowhere://bucket:1:1: error[bad-store] this store cannot be used\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "are for --engine dask"),
        (["--work", "elsewhere"], "are for --engine dask"),
        (["--site-dir", "memory://site"], "are for --engine dask"),
        (["memory://papers"], "is built with `dossier build --engine dask`"),
    ],
)
def test_options_of_the_cluster_are_refused_without_it(options: list[str], said: str) -> None:
    ended = CliRunner().invoke(main, ["build", *options])
    assert ended.exit_code == 2
    assert said in ended.stderr


@pytest.mark.slow
def test_the_command_builds_a_dossier_in_a_store_on_a_cluster_of_its_own(
    harbour: Path, tmp_path: Path
) -> None:
    write_corpus(tmp_path / "papers")
    address = f"file://{tmp_path}/papers"
    command = [sys.executable, "-m", "generator", "build", address, "--engine", "dask", "--jobs", "2"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SOURCE_DATE_EPOCH": "946684800",
    }
    for _ in range(2):
        subprocess.run(command, check=True, env=environment, capture_output=True)
        assert files_of(tmp_path / "papers/site") == files_of(harbour / "site")
    shutil.rmtree(tmp_path / "papers/.dossier/work")


@pytest.mark.slow
def test_a_dossier_in_an_object_store_is_built_by_workers_of_a_scheduler(
    harbour: Path, tmp_path: Path
) -> None:
    reason = "needs `pip install s3fs 'moto[server]'`, which are many packages"
    server = pytest.importorskip("moto.server", reason=reason).ThreadedMotoServer(port=0)
    pytest.importorskip("s3fs", reason=reason)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SOURCE_DATE_EPOCH": "946684800",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard"]
    with ExitStack() as stack:
        stack.callback(server.stop)
        stack.enter_context(patch.dict(os.environ, environment))
        for command in (dask, work, work):
            running = subprocess.Popen([*command, "--scheduler-file", str(file)], stderr=subprocess.DEVNULL)
            stack.callback(running.wait)
            stack.callback(running.terminate)
        waited = 0
        while not file.exists() and waited < 300:
            time.sleep(0.1)
            waited += 1
        scheduler = json.loads(file.read_text())["address"]
        fsspec.filesystem("s3").mkdir("bucket")
        papers = open_store("s3://bucket/papers")
        for name, text in HARBOUR.items():
            papers.write(f"corpus/{name}", text.encode())
        build = [sys.executable, "-m", "generator", "build", "s3://bucket/papers", "--engine", "dask"]
        subprocess.run([*build, "--scheduler", scheduler], check=True, capture_output=True)
        site = open_store("s3://bucket/papers/site")
        assert {name: site.read(name) for name in site.names("")} == files_of(harbour / "site")
