"""Everything a student may ever see: checks, data, explorables, notebooks."""
