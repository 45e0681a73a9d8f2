"""Stage five: values to Markdown pages, without touching a disk but for the templates."""

from generator.render.config import render_config, render_theme_files
from generator.render.dossier import (
    BAD_TEMPLATE,
    EarlyCitations,
    OpenDossier,
    bad_template,
    close_dossier,
    open_dossier,
    plan_pages,
    render_each,
    render_page,
    render_pages,
)
from generator.render.plan import is_told_by_reads
from generator.render.planned import PlannedPage
from generator.render.read_numbers import Present, ReadNumbers, number_present
from generator.render.reads import reading
from generator.render.templates import compile_templates

__all__ = [
    "BAD_TEMPLATE",
    "EarlyCitations",
    "OpenDossier",
    "PlannedPage",
    "Present",
    "ReadNumbers",
    "bad_template",
    "close_dossier",
    "compile_templates",
    "is_told_by_reads",
    "number_present",
    "open_dossier",
    "plan_pages",
    "reading",
    "render_config",
    "render_each",
    "render_page",
    "render_pages",
    "render_theme_files",
]
