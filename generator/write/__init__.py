"""Write: page bytes to files below one folder, touching nothing that it did not write."""

from generator.write.lock import hold_lock
from generator.write.manifest import hash_bytes, read_generated, read_hashes
from generator.write.pages import WriteSummary, write_files
from generator.write.staged import JoinedFiles, StagedFile, StagedFiles, hash_of, stage_file

__all__ = [
    "JoinedFiles",
    "StagedFile",
    "StagedFiles",
    "WriteSummary",
    "hash_bytes",
    "hash_of",
    "hold_lock",
    "read_generated",
    "read_hashes",
    "stage_file",
    "write_files",
]
