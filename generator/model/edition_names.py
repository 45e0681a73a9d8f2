"""The names of the editions that every dossier has."""

PUBLIC = "public"
INTERNAL = "internal"
