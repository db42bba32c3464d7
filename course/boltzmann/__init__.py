"""Memory and imagination: guards for couplings and units, exact sums, the course's own machines."""
