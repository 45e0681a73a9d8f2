"""The command `dossier`, which all others are commands of."""

from __future__ import annotations

import click

from generator import __version__
from generator.cli.build import build
from generator.cli.check import check
from generator.cli.doctor import doctor
from generator.cli.import_ import import_
from generator.cli.new import new
from generator.cli.pack import pack
from generator.cli.publish import publish
from generator.cli.quotes import quotes
from generator.cli.schema import schema
from generator.cli.serve import serve
from generator.cli.suggest import suggest
from generator.cli.verify import verify
from generator.garbage import collect_rarely


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[build, check, doctor, import_, new, pack, publish, quotes, schema, serve, suggest, verify],
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
    collect_rarely()
