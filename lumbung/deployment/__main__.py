"""Checks the secrets and the volumes, brings Airflow's database up to this version, makes accounts and the pool.

With the word `check` only the first of it. What is there already stays. Exits 1 with a message that says what to do
where something is not as it must be.
"""

import os
import subprocess
import sys

from lumbung.deployment.secrets import require_own_secrets
from lumbung.errors import LumbungError
from lumbung.lake.home import Home
from lumbung.privacy import keys
from lumbung.scheduling import WRITER_POOL, WRITER_POOL_TEXT


def main() -> None:
    try:
        require_own_secrets()
        _require_home()
    except LumbungError as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
    if sys.argv[1:] == ["check"]:
        return
    _airflow("db", "migrate")
    # Reads Airflow's settings when it is imported, so not before they are known to be right.
    from lumbung.deployment.accounts import make_accounts

    for name in make_accounts():
        print(f"Account {name} made.")
    _airflow("pools", "set", WRITER_POOL, "1", WRITER_POOL_TEXT)


def _require_home() -> None:
    """The volume and the inbox can be written, and the data was made with this key."""
    home, me = Home.from_env(), os.getuid()
    try:
        home.make()
    except PermissionError as problem:
        raise LumbungError("The volume is another user's.", where=problem.filename,
                           todo=f"Give it to user {me}, or set LUMBUNG_UID in .env to its owner and build again."
                           ) from problem
    if not os.access(home.inbox, os.R_OK | os.W_OK | os.X_OK):
        raise LumbungError("The inbox can't be read and written.", where=str(home.inbox),
                           todo=f"Give the folder that LUMBUNG_INBOX names to user {me} (chown -R {me} FOLDER), "
                                "or set LUMBUNG_UID in .env to its owner and build again.")
    keys.require_same(home)


def _airflow(*words: str) -> None:
    done = subprocess.run(["airflow", *words], stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
