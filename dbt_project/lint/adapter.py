"""Stands in for dbt's `adapter` where sqlfluff reads the models without a database."""


def get_relation(database: str, schema: str, identifier: str) -> str:
    return f"{schema}.{identifier}"
