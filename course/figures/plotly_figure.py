"""The class of the course's figures: apart, because importing Plotly takes a while."""

from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
from IPython.display import HTML, display

from course.colours import plotly_template
from course.figures.look import HEIGHT, WIDTH, caption

MIME = "application/vnd.plotly.v1+json"
CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["sendDataToCloud", "select2d", "lasso2d"],
}
"""Buttons that a reader does not need; one of them would send the data to a server."""

pio.renderers.default = "plotly_mimetype"  # the other choice puts 5 MB of script into each notebook
pio.templates["descent"] = go.layout.Template(plotly_template())
pio.templates.default = "descent"


class Figure(go.Figure):
    """A `plotly.graph_objects.Figure` in the course's look, with a description in words.

    Parameters
    ----------
    data, layout, frames
        As Plotly takes them.
    alt : str
        What is seen; it stands below the figure.
    """

    def __init__(
        self, data: Any = None, layout: Any = None, frames: Any = None, *, alt: str = ""
    ) -> None:
        super().__init__(data, layout, frames)
        for side, size in (("width", WIDTH), ("height", HEIGHT)):
            if self.layout[side] is None:
                self.layout[side] = size
        self._alt = alt

    @property
    def alt(self) -> str:
        """What is seen, in words."""
        return self._alt

    def __repr__(self) -> str:
        return f"<figure: {self._alt}>"

    def _ipython_display_(self) -> None:
        """Show the figure, and below it the words, which also stand where nothing is drawn."""
        display({MIME: {**self.to_plotly_json(), "config": CONFIG}}, raw=True)
        display(HTML(caption(self._alt)))
