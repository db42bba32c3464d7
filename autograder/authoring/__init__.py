"""From the text of a unit to all that is derived from it, and the catalogue of answers."""
