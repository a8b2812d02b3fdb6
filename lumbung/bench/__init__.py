"""`make bench`: how much more the warehouse costs than one plain DuckDB script on the same file."""
