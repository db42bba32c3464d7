"""A notebook is saved with small pictures of its figures, and all else as it is."""

import base64
import copy
import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from course.saved_figures import shrink_pictures


def _picture() -> bytes:
    """Draw lines with soft edges on nothing, as a browser does: thousands of colours."""
    large = Image.new("RGBA", (2400, 1200))
    draw = ImageDraw.Draw(large)
    rng = np.random.default_rng(0)
    for x, y, u, v in rng.integers(0, 1200, size=(60, 4)):
        draw.line((int(x), int(y), int(2 * u), int(v)), fill=(0, 114, 178, 255), width=6)
    file = io.BytesIO()
    large.resize((800, 400), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _notebook(picture: bytes, *kinds: str) -> dict[str, Any]:
    data = {kind: {"data": []} for kind in kinds} | {
        "image/png": base64.b64encode(picture).decode()
    }
    cells = [
        {"cell_type": "markdown", "source": "no outputs"},
        {"cell_type": "code", "outputs": [{"output_type": "stream", "text": "x"}, {"data": data}]},
    ]
    return {"type": "notebook", "content": {"cells": cells}}


def _saved(model: dict[str, Any]) -> bytes:
    return base64.b64decode(model["content"]["cells"][1]["outputs"][1]["data"]["image/png"])


def test_a_figures_picture_is_small_and_looks_the_same() -> None:
    model = _notebook(_picture(), "application/vnd.plotly.v1+json")
    shrink_pictures(model=model, path="a.ipynb")
    assert len(_saved(model)) < len(_picture()) / 3
    before, after = (
        np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"), dtype=float)
        for data in (_picture(), _saved(model))
    )
    seen = before[..., 3:] / 255
    assert np.abs(before[..., 3] - after[..., 3]).mean() < 6
    assert np.abs((before - after)[..., :3] * seen).mean() < 6


def test_saved_again_it_stays_as_it_is() -> None:
    model = _notebook(_picture(), "application/vnd.plotly.v1+json")
    shrink_pictures(model=model)
    once = copy.deepcopy(model)
    shrink_pictures(model=model)
    assert model == once


def test_other_pictures_and_files_stay_as_they_are() -> None:
    own = _notebook(_picture(), "text/plain")
    shrink_pictures(model=own)
    assert _saved(own) == _picture()
    shrink_pictures(model={"type": "file", "content": "text"})
