"""The course's own versions of exercises, for the cells that go on while one is not written yet.

They take good input only, and lean on libraries where those have the thing: an exercise's docstring
says what each does. `course.models.fallback.working` is the way to them.
"""
