"""A classroom to throw away, so that trials touch no student's grades."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def classroom_at(folder: Path, secret: str) -> Iterator[Path]:
    """Take `folder` for the classroom, and `secret` for the school's unless it has set its own."""
    before = {name: os.environ.get(name) for name in ("DESCENT_CLASSROOM", "DESCENT_SECRET")}
    os.environ["DESCENT_CLASSROOM"] = str(folder)
    os.environ.setdefault("DESCENT_SECRET", secret)
    try:
        yield folder
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
