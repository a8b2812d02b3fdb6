"""Sub-commands of `lumbung`, one file a noun."""
