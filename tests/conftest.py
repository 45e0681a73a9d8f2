"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A slow machine is no fault of the program.
settings.register_profile("dossier", deadline=None)
settings.load_profile("dossier")
