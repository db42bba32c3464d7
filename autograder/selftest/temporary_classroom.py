"""A temporary classroom, so that self-tests and demonstrations touch no student's grades."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def classroom_at(folder: Path, secret: str, gradebook: str = "") -> Iterator[Path]:
    """Use `folder` as the classroom, and `secret` unless `DESCENT_SECRET` is already set.

    The gradebook is a file in `folder`, whatever the school uses, unless `gradebook` is a URL.
    """
    names = ("DESCENT_CLASSROOM", "DESCENT_SECRET", "DESCENT_GRADEBOOK")
    before = {name: os.environ.get(name) for name in names}
    os.environ["DESCENT_CLASSROOM"] = str(folder)
    os.environ["DESCENT_GRADEBOOK"] = gradebook
    os.environ.setdefault("DESCENT_SECRET", secret)
    try:
        yield folder
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
