"""Fork servers: interpreters are forked from a process that has imported everything already."""
