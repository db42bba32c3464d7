"""Sanitize students' content for pages: clean HTML, and a policy that blocks their scripts."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

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


@pass_context
def markdown_to_html(context: Context, source: str) -> str:
    """Convert Markdown to sanitized HTML; nbconvert's own filter of this name does not sanitize."""
    cell = context.get("cell") or {}
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}))
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))


class SanitizedExporter(HTMLExporter):
    """Writes pages that run only the scripts of an empty notebook's page."""

    _scripts: str | None = None

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook and add a content security policy to the page's head."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        soup = BeautifulSoup(page, "html.parser")
        tag = soup.new_tag("meta")
        tag["http-equiv"] = "Content-Security-Policy"
        self._scripts = self._scripts or self._own_scripts(resources)
        tag["content"] = _policy(self._scripts)
        assert soup.html
        assert soup.head
        soup.head.insert(0, tag)
        soup.html["lang"] = "en"
        return str(soup), resources

    def _own_scripts(self, resources: dict[str, Any]) -> str:
        """Return the sources of the scripts that every page has, whatever notebook is on it."""
        about = {"metadata": {"name": ""}, "nbgrader": dict(resources.get("nbgrader", {}))}
        empty, _ = super().from_notebook_node(new_notebook(), about)
        allowed = []
        for script in BeautifulSoup(empty, "html.parser").select("script"):
            if script.get("src"):
                allowed.append("/".join(str(script["src"]).split("/")[:3]) + "/")
            else:
                # The browser hashes the script verbatim; bs4's annotation omits None.
                text = script.decode_contents(formatter=None)  # type: ignore[arg-type]
                digest = hashlib.sha256(text.encode()).digest()
                allowed.append(f"'sha256-{base64.b64encode(digest).decode()}'")
        return " ".join(dict.fromkeys(allowed)) or "'none'"


def _policy(scripts: str) -> str:
    """Return a policy that lets a page run these scripts only, and load pictures from itself."""
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline' https:; "
        "img-src data:; font-src data: https:; base-uri 'none'; form-action 'none'"
    )
