"""Output: scripts, frames and styles in every kind of output

They must be inert wherever a teacher or a student looks at them.
"""
from IPython.display import HTML, SVG, Javascript, Markdown, display

for text in ("<script>fetch('http://127.0.0.1')</script>", "<img src=x onerror=alert(1)>",
             "<iframe src='file:///etc/passwd'></iframe>", "<style>*{display:none}</style>"):
    display(HTML(text), Markdown(text))
display(Javascript("alert(1)"))
display({"text/latex": "$\\href{javascript:alert(1)}{x}$", "image/svg+xml": "<svg onload='alert(1)'/>"}, raw=True)
