"""The accounts that Airflow's pages and its API know from the start, each with one role."""

import os

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

# Variable with the first password -> name, role of Airflow.
ACCOUNTS = {
    "LUMBUNG_ADMIN_PASSWORD": ("admin", "Admin"),
    "LUMBUNG_OPERATOR_PASSWORD": ("operator", "Op"),
    "LUMBUNG_VIEWER_PASSWORD": ("viewer", "Viewer"),
}


def make_accounts() -> list[str]:
    """Make those accounts that have a password in the environment and are not there yet; returns their names.

    One that is there keeps its password: whoever uses it may have changed it.
    """
    made = []
    with get_application_builder() as builder:
        builder.sm.sync_roles()
        for variable, (name, role) in ACCOUNTS.items():
            password = os.environ.get(variable)
            if password and not builder.sm.find_user(name):
                builder.sm.add_user(username=name, first_name=name, last_name="Lumbung",
                                    email=f"{name}@lumbung.invalid", role=builder.sm.find_role(role), password=password)
                made.append(name)
    return made
