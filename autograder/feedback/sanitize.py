"""Sanitize students' content for pages: clean HTML, and a policy that blocks their scripts."""

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from bs4.element import Comment
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from autograder.feedback import formulas
from autograder.templates import FOLDER

TAGS = {
    *bleach.ALLOWED_TAGS,
    *("br", "caption", "del", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("details", "img", "p", "pre", "span", "sub", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
SVG_TAGS = {
    *("svg", "g", "line", "rect", "circle", "ellipse", "path", "polyline", "polygon"),
    *("text", "tspan", "title", "desc"),
}
"""Elements of the course's own SVG pictures; none of them can carry a script or a link."""

SVG_ATTRIBUTES = [
    *("viewBox", "role", "aria-label", "transform", "text-anchor", "opacity", "d", "points"),
    *("width", "height", "x", "y", "dx", "dy", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry"),
    *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"),
]
ATTRIBUTES = {
    **dict.fromkeys(SVG_TAGS, SVG_ATTRIBUTES),
    "*": ["class", "id", "style", "title"],
    "a": ["href"],
    "img": ["alt", "height", "src", "width"],
    "td": ["align", "colspan", "rowspan"],
    "th": ["align", "colspan", "rowspan", "scope"],
}
STYLES = CSSSanitizer(
    allowed_css_properties=["text-align", "font", "font-weight", "font-style", "max-width"]
)

SUMMARY = "summary"
"""The comment on an annotated notebook's page that the table of points comes in place of; above
the list of cells and points, which plain nbgrader's pages have alone."""
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing on a page runs, and nothing is loaded from anywhere."""
_POINTS = re.compile(r"\(?Score: -?[\d.]+ / [\d.]+\)?")
STYLE = (FOLDER / "annotated.css").read_text(encoding="utf-8")


def clean_html(page: str | bytes) -> str:
    """Keep the HTML elements that only display something; escape the rest as text."""
    cleaned = bleach.clean(
        page.decode() if isinstance(page, bytes) else str(page),
        tags=TAGS | SVG_TAGS,
        attributes=ATTRIBUTES,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=STYLES,
    )
    soup = BeautifulSoup(cleaned, "html.parser")
    for link in soup.select("a[href]"):
        if not _leads_anywhere(str(link["href"]).strip()):
            del link["href"]
    for image in soup.select("img[src]"):
        if not str(image["src"]).startswith("data:image/"):
            del image["src"]  # a remote image would tell its server who reads the page
    return str(soup)


def _leads_anywhere(address: str) -> bool:
    """Tell whether a link works on a page: other notebooks and explorables are not beside it."""
    try:
        parts = urlsplit(address)
    except ValueError:  # not an address
        return False
    if parts.scheme:
        return parts.scheme.lower() != "data"
    return not parts.path.endswith(".ipynb") and "?" not in parts.fragment


def _remove_points(soup: BeautifulSoup) -> None:
    """Remove nbgrader's points from a page: above its list of cells, in it, above each cell."""
    for late in soup.select("#toc li.late-penalty"):
        late.decompose()
    for place in soup.select(".panel-heading > h4, #toc li, .panel-heading > .pull-right"):
        for text in place.find_all(string=_POINTS):
            text.replace_with(_POINTS.sub("", text))


class _Renderer(IPythonRenderer):
    """Leaves a mark in the place of each formula; MathML comes when all else is sanitized."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.formulas: list[tuple[str, bool]] = []
        self.mark = secrets.token_hex(8)  # no text of a student's can hold it

    def inline_math(self, body: str) -> str:
        return self._keep(body, display=False)

    def block_math(self, body: str) -> str:
        return self._keep(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._keep(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True)

    def _keep(self, tex: str, display: bool) -> str:
        self.formulas.append((tex, display))
        return f"{self.mark}-{len(self.formulas) - 1}-"

    def put_back(self, page: str) -> str:
        """Return a sanitized page with its formulas; in an attribute they stay text."""
        if not self.formulas:
            return page
        soup, marked = BeautifulSoup(page, "html.parser"), re.compile(rf"{self.mark}-(\d+)-")
        for tag in soup.find_all(True):
            for name, value in tag.attrs.items():
                if isinstance(value, str):
                    tag[name] = marked.sub(lambda found: self.formulas[int(found[1])][0], value)
        for text in soup.find_all(string=marked):
            pieces = marked.split(text)  # text and numbers of formulas, in turns
            text.replace_with(
                *(
                    formulas.parsed(*self.formulas[int(piece)]) if place % 2 else piece
                    for place, piece in enumerate(pieces)
                )
            )
        return str(soup)


@pass_context
def markdown_to_html(context: Context, source: str) -> str:
    """Convert Markdown to sanitized HTML; nbconvert's own filter of this name does not sanitize."""
    cell = context.get("cell") or {}
    renderer = _Renderer(escape=False, attachments=cell.get("attachments", {}))
    return renderer.put_back(clean_html(MarkdownWithMath(renderer=renderer).render(source)))


class SanitizedExporter(HTMLExporter):
    """Writes pages that run no script, need no network and fit a phone."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook; `SUMMARY` marks the place of the table of points."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        soup = BeautifulSoup(page, "html.parser")
        assert soup.html
        assert soup.head
        for script in soup.select("script, link"):
            script.decompose()
        for output in soup.select(".output_latex"):
            for text in list(output.find_all(string=True)):
                formulas.place_formulas(text)
        if resources.get("nbgrader", {}).get("hides_points"):
            _remove_points(soup)
        if contents := soup.find(id="toc"):
            contents.insert_before(Comment(SUMMARY))
        policy = soup.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy"})
        policy["content"] = POLICY
        soup.head.insert(0, policy)
        for viewport in soup.select("meta[name=viewport]"):
            viewport.decompose()
        width = "width=device-width, initial-scale=1"
        soup.head.append(soup.new_tag("meta", attrs={"name": "viewport", "content": width}))
        style = soup.new_tag("style")
        style.string = STYLE
        soup.head.append(style)
        soup.html["lang"] = "en"
        return str(soup), resources
