"""From a unit's text to everything derived from it, and the catalogue of answers."""
