"""Wrong answers made from right ones by small changes, and what the checks make of them."""
