"""What happens once at each start of the containers, before Airflow's services do: `python -m lumbung.deployment`."""
