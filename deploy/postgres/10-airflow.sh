#!/bin/bash
# Run once, by the image of PostgreSQL, when the volume is new: Airflow's database and a role that owns just that.
psql -v ON_ERROR_STOP=1 -X -q --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv airflow_password AIRFLOW_DB_PASSWORD
create role airflow login nosuperuser nocreatedb nocreaterole noreplication password :'airflow_password';
create database airflow owner airflow;
revoke all on database airflow, postgres, template1 from public;
SQL
