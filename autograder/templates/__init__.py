"""Templates of the report and of feedback, and their common style."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

FOLDER = Path(__file__).parent


def show_points(points: float) -> str:
    """Return points as every table and page shows them: with hundredths, where there are any.

    Examples
    --------
    >>> show_points(20.0), show_points(12.345), show_points(0.9)
    ('20', '12.35', '0.9')
    """
    return f"{round(points, 2):.10g}"


_environment = Environment(
    loader=PackageLoader("autograder", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["number"] = show_points
_environment.filters["percent"] = lambda value: f"{100 * value:.0f} %"
_environment.filters["many"] = lambda items, name: f"{len(items)} {name}{'s' * (len(items) != 1)}"


def render_page(template: str, **content: Any) -> str:
    """Render a template; all content is escaped."""
    return _environment.get_template(template).render(**content)
