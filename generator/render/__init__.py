"""Stage five: values to Markdown pages, without touching a disk but for the templates."""

from generator.render.config import render_config, render_theme_files
from generator.render.dossier import (
    BAD_TEMPLATE,
    OpenDossier,
    bad_template,
    open_dossier,
    plan_pages,
    render_each,
    render_page,
    render_pages,
)
from generator.render.planned import PlannedPage

__all__ = [
    "BAD_TEMPLATE",
    "OpenDossier",
    "PlannedPage",
    "bad_template",
    "open_dossier",
    "plan_pages",
    "render_config",
    "render_each",
    "render_page",
    "render_pages",
    "render_theme_files",
]
