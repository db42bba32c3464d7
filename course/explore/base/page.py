"""Writes one page that needs no kernel and no network: an explorable's, or another's script."""

from __future__ import annotations

import base64
import gzip
import html
import json
import math
from collections.abc import Mapping
from typing import Any

from course.explore.base.frame import pack
from course.explore.base.script import STYLE, page_script
from course.explore.base.viewable import Viewable

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body class="descent-page">
<main>
<h1>{title}</h1>
<p>{about}</p>
<div id="explorable"></div>
<p class="descent-carries">{carries}</p>
</main>
<script type="application/json" id="spec">{spec}</script>
<script type="text/plain" id="frames">{frames}</script>
<script>
{script}
</script>
</body>
</html>
"""


def write_page(explorable: Viewable) -> str:
    """Return the page as text.

    Frames travel as one compressed buffer: the header as JSON, then 16-bit codes.
    """
    block = explorable.lattice()
    header, buffer = pack(block, quantise=True)
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    frames = gzip.compress(len(head).to_bytes(8, "little") + head + buffer, 9, mtime=0)
    spec = explorable.spec() | {"state": vars(explorable.state), "about": explorable.about}
    names = {control.key: control.name for control in explorable.controls}
    counts = [f"{names[key]} {len(values)}" for key, values in block.axes]
    carries = (
        f"This page carries {math.prod(len(v) for _, v in block.axes):,} frames, "
        f"one for each combination of positions: {', '.join(counts)}. "
        "Its sliders move over these and no others; in a notebook they move over more."
    )
    packed = base64.b64encode(frames).decode()
    return fill_page(explorable.title, explorable.about, carries, spec, packed, page_script())


def fill_page(
    title: str, about: str, carries: str, spec: Mapping[str, Any], frames: str, script: str
) -> str:
    """Return a page of its own.

    Parameters
    ----------
    title, about, carries
        The heading, what stands below it, and at the end; plain text.
    spec
        What the script reads as JSON from the element ``spec``.
    frames
        What it reads from the element ``frames``.
    script
        Shows it in the element ``explorable``.
    """
    return _PAGE.format(
        title=html.escape(title),
        about=html.escape(about),
        carries=html.escape(carries),
        style=STYLE,
        # A closing tag inside the data would end the script early.
        spec=json.dumps(spec, ensure_ascii=False).replace("</", "<\\/"),
        frames=frames,
        script=script,
    )
