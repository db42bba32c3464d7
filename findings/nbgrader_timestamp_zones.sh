#!/bin/sh
# nbgrader reads the zone of a timestamp.txt rightly, ignores it, or takes it for seconds.
#
# Expected: 14:30 two hours east of Greenwich is 12:30 UTC however it is written, or an error.
# Seen with nbgrader 0.9.6 (`nbgrader.utils.parse_utc`, which reads timestamp.txt and the due dates
# given on the command line): ISO 8601 is right; a blank before the same offset and the offset is
# dropped; without its colon it counts as 200 seconds; CEST is dropped without a word, while EST is
# known. So a hand-in may be late, or in time, by two hours.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6
cat > "$folder/look.py" <<'PYTHON'
import warnings

warnings.simplefilter("ignore")
from nbgrader.utils import parse_utc

for written in (
    "2026-01-10T14:30:00+02:00",
    "2026-01-10 14:30:00 +02:00",
    "2026-01-10 14:30:00 +0200",
    "2026-01-10 14:30:00 CEST",
    "2026-01-10 14:30:00 EST",
):
    print(written, "is", parse_utc(written).strftime("%H:%M:%S"), "UTC")
PYTHON
"$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen"
cat > "$folder/described" <<'TEXT'
2026-01-10T14:30:00+02:00 is 12:30:00 UTC
2026-01-10 14:30:00 +02:00 is 14:30:00 UTC
2026-01-10 14:30:00 +0200 is 14:26:40 UTC
2026-01-10 14:30:00 CEST is 14:30:00 UTC
2026-01-10 14:30:00 EST is 19:30:00 UTC
TEXT
diff "$folder/described" "$folder/seen"
echo "As described: one offset, written in three ways, is read in three ways."
