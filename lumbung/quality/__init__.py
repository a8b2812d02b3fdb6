"""`make quality`: how well the warehouse tells good from bad, against samples whose answers are known.

Nothing is imported here: DuckDB, imported before `python -m` has set the program up, takes it for a person at a prompt
and draws progress bars into logs.
"""
