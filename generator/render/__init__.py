"""Stage five: values to Markdown pages, without touching a disk but for the templates."""

from generator.render.config import render_config, render_theme_files
from generator.render.dossier import render_pages

__all__ = ["render_config", "render_pages", "render_theme_files"]
