"""Who does something that is written down: a decision, an erasure, a look at raw values."""

import getpass
import os


def user() -> str:
    """The user of the operating system, by name where it has one. Not taken from LOGNAME or USER: anyone sets those."""
    try:
        import pwd
        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
