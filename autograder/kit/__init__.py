"""Students' kit: the folder they get, with all they need and nothing of staff's."""
