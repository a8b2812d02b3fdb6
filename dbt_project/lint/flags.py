"""Stands in for dbt's `flags` where sqlfluff reads the models: as in a build of what changed."""

FULL_REFRESH = False
