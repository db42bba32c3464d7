"""The instructor's page: how the class did, what it misunderstood, who needs help."""
