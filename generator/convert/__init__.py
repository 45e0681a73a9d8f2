"""Generated Markdown to HTML, as the site builder's own parser would write it."""
