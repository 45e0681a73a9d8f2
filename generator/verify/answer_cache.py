"""What servers answered lately, in a JSON file that may be deleted at any time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.disk import replace_file
from generator.verify.web_answer import Answer

Answers = dict[str, tuple[float, Answer]]

_ANSWERS = TypeAdapter(Answers)


def read_answers(cache: Path, since: float) -> Answers:
    """Return the answers not older than `since` (seconds since 1970); a missing or damaged file holds none."""
    try:
        answers = _ANSWERS.validate_json(cache.read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}
    return {address: (moment, answer) for address, (moment, answer) in answers.items() if moment >= since}


def write_answers(cache: Path, answers: Mapping[str, tuple[float, Answer]]) -> None:
    """Replace the file in one step."""
    content = json.dumps(_ANSWERS.dump_python(dict(answers), mode="json"), indent=1, sort_keys=True)
    replace_file(cache, f"{content}\n".encode())
