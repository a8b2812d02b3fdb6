"""Whether the deployment's secrets are set, and are its own."""

import os
import re

from cryptography.fernet import Fernet

from lumbung.errors import LumbungError
from lumbung.privacy import keys

EXAMPLE = "change-me"
LEAST = 16
# By the name in .env -> by the name in the container, where it is another one.
ALWAYS = {
    "LUMBUNG_KEY": "LUMBUNG_KEY",
    "POSTGRES_PASSWORD": "POSTGRES_PASSWORD",
    "AIRFLOW_DB_PASSWORD": "PGPASSWORD",
    "LUMBUNG_FERNET_KEY": "AIRFLOW__CORE__FERNET_KEY",
    "LUMBUNG_API_SECRET": "AIRFLOW__API__SECRET_KEY",
    "LUMBUNG_JWT_SECRET": "AIRFLOW__API_AUTH__JWT_SECRET",
    "LUMBUNG_ADMIN_PASSWORD": "LUMBUNG_ADMIN_PASSWORD",
}
IF_SET = ("LUMBUNG_OPERATOR_PASSWORD", "LUMBUNG_VIEWER_PASSWORD")
HOW = "Put a random value into .env; `sh deploy/make-env.sh` makes a whole new one where there is none."


def require_own_secrets() -> None:
    """Make sure that each secret of .env is set, long enough, of its form, not the example's, and no other one's.

    Says nothing of their values. Raises LumbungError that names every one that is not.
    """
    values = {name: os.environ.get(variable, "") for name, variable in ALWAYS.items()}
    values |= {name: value for name in IF_SET if (value := os.environ.get(name))}
    if "celery" in os.environ.get("COMPOSE_PROFILES", "").split(","):
        values["REDIS_PASSWORD"] = os.environ.get("REDIS_PASSWORD", "")
    wrong = [f"{name} {problem}" for name, value in values.items() if (problem := _problem(name, value, values))]
    if wrong:
        raise LumbungError(f"Nothing starts with these secrets: {'; '.join(wrong)}.", where=".env", todo=HOW)
    keys.own_key()


def _problem(name: str, value: str, values: dict[str, str]) -> str | None:
    """What is wrong with a secret, None where nothing is."""
    if not value:
        return "is not set"
    if EXAMPLE in value:
        return "is still the example's"
    if len(value) < LEAST:
        return f"has {len(value)} characters, {LEAST} is the least"
    if same := [other for other, said in values.items() if said == value and other != name]:
        return f"is the same as {same[0]}"
    if name == "REDIS_PASSWORD" and not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        return "may hold letters, digits, - and _ only, since it stands in an address"
    if name == "LUMBUNG_FERNET_KEY":
        return _fernet_problem(value)
    return None


def _fernet_problem(value: str) -> str | None:
    try:
        for key in value.split(","):            # the new one first, while the old one is rotated out
            Fernet(key)
    except ValueError:
        return "is not 32 bytes in base64, as Fernet wants them"
    return None
