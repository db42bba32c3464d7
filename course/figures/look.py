"""The size of figures, and the words that stand below them."""

import html

WIDTH, HEIGHT = 640, 380
"""Of a figure in pixels, so that two of them on one page line up."""

CAPTION_STYLE = (
    "<style>"
    ".jp-RenderedPlotly.js-plotly-plot .main-svg>g:not(.hoverlayer) text:not(.heatmap-label text)"
    "{fill:var(--jp-content-font-color1)!important}"
    f".descent-caption{{max-width:{WIDTH}px;margin:0 0 1em}}"
    "</style>"
)
"""A saved figure's words are grey, for light and dark pages; a live one's have the page's ink, but
for numbers in cells, which Plotly writes dark on bright and bright on dark."""


def caption(alt: str) -> str:
    """Return the description as it stands below a figure."""
    return f'{CAPTION_STYLE}<p class="descent-caption"><em>Seen:</em> {html.escape(alt)}</p>'
