"""What only staff runs: building, grading, reporting."""

import sys

# nbformat's schema checker would compile a grammar of addresses here, which takes a second and is
# never asked for; where the module is missing it does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
