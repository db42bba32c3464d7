"""The colours of figures and explorables: the same thing wears the same colour in every unit.

Categories are Okabe and Ito's eight, told apart by people with any of the common colour-vision
deficiencies; fields go through Cividis, which reads the same in grey. A colour is never the only
sign: each role also has its own mark or dash in the drawing layers.

Source: M. Okabe, K. Ito, "Color Universal Design" (2008); J. Nuñez, C. Anderton, R. Renslow,
"Optimizing colormaps with consideration for color vision deficiency", PLoS ONE 13 (2018).
"""

from __future__ import annotations

OKABE_ITO = {
    "black": "#000000",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
}

# Nine even stations of Cividis; the browser and Plotly interpolate between them.
CIVIDIS = (
    "#00224E", "#123570", "#3B496C", "#575D6D", "#707173",
    "#8A8678", "#A59C74", "#C3B369", "#FEE838",
)  # fmt: skip

_LIGHT = {
    "data": OKABE_ITO["blue"],
    "model": OKABE_ITO["vermilion"],
    "path": OKABE_ITO["vermilion"],
    "ghost": "#767676",
    "class0": OKABE_ITO["blue"],
    "class1": OKABE_ITO["orange"],
    "train": OKABE_ITO["green"],
    "validation": OKABE_ITO["purple"],
    "minimum": "#000000",
    "threshold": "#000000",
    "text": "#1f1f1f",
    "quiet": "#595959",
    "grid": "#e4e4e4",
    "frame": "#9a9a9a",
    "halo": "#ffffff",
    "contour": "rgba(255,255,255,0.45)",
}

# On a dark page the darker half of Okabe-Ito sinks, so its lighter neighbours take the roles.
_DARK = _LIGHT | {
    "data": OKABE_ITO["sky"],
    "model": "#FF8533",
    "path": "#FF8533",
    "ghost": "#a8a8a8",
    "class0": OKABE_ITO["sky"],
    "train": "#2FC79A",
    "validation": "#E39BC3",
    "minimum": "#ffffff",
    "threshold": "#ffffff",
    "text": "#ececec",
    "quiet": "#bdbdbd",
    "grid": "#383838",
    "frame": "#7d7d7d",
    "halo": "#111111",
    "contour": "rgba(255,255,255,0.35)",
}

# Ten colours for the ten digits, which are written in them: Okabe and Ito's, the pale ones darker,
# and four more. Each stands out from its page by 3 to 1 at least.
_DIGITS = {
    "light": (
        "#000000", OKABE_ITO["blue"], OKABE_ITO["vermilion"], "#008F68", "#B8558D",
        "#A06C00", "#6A3D9A", "#767676", "#8B4513", "#5A7D00",
    ),
    "dark": (
        "#ffffff", OKABE_ITO["sky"], "#FF8533", "#2FC79A", "#E39BC3",
        OKABE_ITO["yellow"], "#B79BFF", "#a8a8a8", "#D29A6A", "#A9C934",
    ),
}  # fmt: skip

ROLES = {
    theme: roles | {f"digit{digit}": colour for digit, colour in enumerate(_DIGITS[theme])}
    for theme, roles in (("light", _LIGHT), ("dark", _DARK))
}


def rgb(colour: str) -> str:
    """Return ``"#RRGGBB"`` as ``"rgb(r, g, b)"``, the one form Plotly takes everywhere.

    Raises
    ------
    ValueError
        If `colour` is not a hash and six hexadecimal digits.
    """
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"a colour is '#RRGGBB', not {colour!r}")
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


CIVIDIS_SCALE = [[i / (len(CIVIDIS) - 1), rgb(colour)] for i, colour in enumerate(CIVIDIS)]
"""Cividis as Plotly takes a scale of colours."""

BOTH = "#767676"
"""Words that are read on white and on JupyterLab's dark page: 4.5 and 4.2 to 1."""


def plotly_template() -> dict[str, object]:
    """Return the Plotly template of the course: its category colours, its field colours, its font.

    One for light and dark pages: a saved figure does not know on which it will be seen.
    """
    roles = ROLES["light"]
    order = ("data", "model", "train", "validation", "class1", "ghost")
    axis = {
        "gridcolor": "rgba(128, 128, 128, 0.25)",
        "linecolor": rgb(roles["frame"]),
        "zeroline": False,
    }
    return {
        "layout": {
            "colorway": [rgb(roles[name]) for name in order],
            "colorscale": {"sequential": CIVIDIS_SCALE},
            "font": {"size": 14, "color": rgb(BOTH)},
            "margin": {"l": 72, "r": 16, "t": 24, "b": 56},
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "xaxis": axis,
            "yaxis": axis,
        }
    }
