"""Forged scores: the notebook's own files say full points

A gradebook, verdicts and an autograded notebook are written below the working folder.
"""
import json
import pathlib
import sqlite3

for folder in (".", "classroom", "../classroom", "verdicts/00_start_here"):
    try:
        place = pathlib.Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        (place / "descent-left.json").write_text(json.dumps({"points": 1, "max_points": 1}))
        sqlite3.connect(place / "gradebook.db").execute("create table grade (auto_score float)")
    except OSError: pass
