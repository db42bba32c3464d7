"""Formulas as MathML, which browsers draw by themselves: no script, no font, no network."""

import re
from functools import lru_cache
from xml.etree import ElementTree

import latex2mathml.converter
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
ELEMENTS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot"),
    *("mstyle", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover"),
    *("munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "menclose"),
}
ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnspan", "depth", "display", "displaystyle"),
    *("fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathvariant"),
    *("maxsize", "minsize", "movablelimits", "notation", "rowspan", "rspace", "scriptlevel"),
    *("separator", "stretchy", "symmetric", "voffset", "width"),
}
"""Neither has a link, a style or a script; a student's TeX can ask for all of these."""
MAX_LENGTH = 5_000
"""Letters of a formula; a longer one is shown as it was written."""
_DELIMITED = re.compile(
    r"\$\$(?P<block>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\$(?P<inline>[^$]+?)\$", re.DOTALL
)


@lru_cache(maxsize=4096)  # most formulas of a class are the course's own
def to_mathml(tex: str, display: bool) -> str:
    """Return a formula as MathML; what cannot be converted, as the text that was written.

    Parameters
    ----------
    tex : str
        Without its delimiters.
    display : bool
        Whether it stands on a line of its own.
    """
    try:
        if len(tex) > MAX_LENGTH:
            raise ValueError("too long")
        shown = latex2mathml.converter.convert(tex, display="block" if display else "inline")
        root = ElementTree.fromstring(shown)
    except Exception:  # of a student's TeX anything may be wrong
        return _as_text(tex)
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        if name not in ELEMENTS or "\\" in (element.text or ""):
            return _as_text(tex)
        element.tag = name
        for attribute in [item for item in element.attrib if item not in ATTRIBUTES]:
            del element.attrib[attribute]
    root.set("alttext", tex.strip())
    return ElementTree.tostring(root, encoding="unicode")


def place_formulas(text: NavigableString) -> None:
    """Replace the delimited formulas of a text on a page by MathML."""
    page, end = BeautifulSoup("", "html.parser"), 0
    for found in _DELIMITED.finditer(text):
        tex = found["block"] or found["bracket"] or found["inline"]
        page.append(text[end : found.start()])
        page.append(parsed(tex, display=found["inline"] is None))
        end = found.end()
    page.append(text[end:])
    text.replace_with(*page.contents[:])


def parsed(tex: str, display: bool) -> Tag:
    """Return a formula as an element of a page."""
    element = BeautifulSoup(to_mathml(tex, display), "html.parser").find()
    assert isinstance(element, Tag)
    return element


def _as_text(tex: str) -> str:
    written = ElementTree.Element("code")
    written.text = tex.strip()
    return ElementTree.tostring(written, encoding="unicode")
