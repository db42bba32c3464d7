"""Everything a student may ever see: checks, data, explorables, notebooks."""

import sys

# nbformat, which Plotly imports too, checks by jsonschema, which compiles a grammar for each of 38
# parts of a web address when it can import this module. That takes seconds, longer than all the
# rest of a first figure, and no notebook needs it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None blocks the import
