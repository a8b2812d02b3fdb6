"""Stands in for dbt's `target` where sqlfluff reads the models without a database."""

database = "build"
