"""The command line, a module for each command: the only place that prints."""

from generator.cli.root import main

__all__ = ["main"]
