"""Staff's code: building, grading, reporting."""

import sys

# nbformat's schema checker compiles a grammar for URLs when it can import this module. That takes a
# second, and no notebook needs it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None blocks the import
