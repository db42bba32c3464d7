"""Small pictures in saved notebooks: a hook of the Jupyter server.

JupyterLab's Plotly renderer adds a picture of each figure to the notebook, which stands where
Plotly does not run: in nbconvert's pages, and until the pointer enters a figure that is opened
again. It has millions of colours, of which a plot shows a dozen: 47 kB where 7 serve.
"""

import base64
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image

PLOTLY, PNG = "application/vnd.plotly.v1+json", "image/png"
COLOURS = 32
"""Of a saved picture, with their steps of transparency at the edges of lines and letters."""


def shrink_pictures(model: dict[str, Any], **_: Any) -> None:
    """Reduce the colours of figures' pictures in a notebook about to be saved.

    Parameters
    ----------
    model : dict
        A Jupyter contents model; what is no notebook stays as it is.
    """
    if model["type"] != "notebook":
        return
    for data in _figures(model["content"]):
        picture = base64.b64decode("".join(data[PNG]))
        small = _with_few_colours(picture)
        if len(small) < len(picture):
            data[PNG] = base64.b64encode(small).decode()


def _figures(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the data of each output that holds a Plotly figure and a picture of it."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if PLOTLY in data and PNG in data:
                yield data


def _with_few_colours(picture: bytes) -> bytes:
    image = Image.open(io.BytesIO(picture))
    if image.mode == "P":  # it has few already
        return picture
    small = io.BytesIO()
    # Of Pillow's methods the one that keeps transparency.
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(small, "PNG", optimize=True)
    return small.getvalue()
