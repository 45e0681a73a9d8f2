"""Write: page bytes to files below one folder, touching nothing that it did not write."""

from generator.write.lock import hold_lock
from generator.write.manifest import read_generated
from generator.write.pages import WriteSummary, write_files

__all__ = ["WriteSummary", "hold_lock", "read_generated", "write_files"]
