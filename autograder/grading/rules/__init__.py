"""What the instructor has set for a unit: due date, late rule, attempts, extensions."""
