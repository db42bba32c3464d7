"""Fork servers: processes that have imported everything already and fork interpreters."""
