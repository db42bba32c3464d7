"""Right answers rewritten by rules that keep their meaning, and what the checks make of them."""
