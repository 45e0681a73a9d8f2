"""The command `dossier`, which all others are commands of."""

from __future__ import annotations

from importlib import import_module

import click

from generator import __version__
from generator.garbage import collect_rarely

COMMANDS = (
    *("build", "check", "doctor", "import", "new", "pack"),
    *("publish", "quotes", "schema", "serve", "suggest", "verify"),
)


class _Commands(click.Group):
    """The commands, each imported when it is asked for: all of them take longer than most need."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature of the base class)
        """Return their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a name."""
        if cmd_name not in COMMANDS:
            return None
        # `import` is a word of Python itself.
        name = "import_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"generator.cli.{name}"), name)
        return command


@click.group(
    cls=_Commands,
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
    collect_rarely()
