"""Where a deployment's secrets have got to. Each function returns the names of the secrets that it found, and where."""

import subprocess

from deployment import Deployment


def found_in_texts(texts: dict[str, str], secrets: dict[str, str]) -> list[str]:
    """`texts` by where they stand."""
    return [f"{name} in {where}" for where, text in texts.items() for name, value in secrets.items() if value in text]


def found_in_image(deployment: Deployment, secrets: dict[str, str]) -> list[str]:
    """In the layers, also in one that a later layer covers, and in the commands that made them."""
    image = f"lumbung:{deployment.project}"
    history = deployment.docker("history", "--no-trunc", image) + deployment.docker("image", "inspect", image)
    saved = subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE)
    found = subprocess.run(["grep", "--text", "--only-matching", "--fixed-strings", *_patterns(secrets)],
                           stdin=saved.stdout, capture_output=True, text=True, check=False).stdout
    saved.stdout.close()
    assert saved.wait() == 0
    return found_in_texts({"a layer": found, "the history": history}, secrets)


def found_in_logs(deployment: Deployment, secrets: dict[str, str]) -> list[str]:
    """In what the services print."""
    return found_in_texts({"a service's log": deployment.compose("logs", "--no-color")}, secrets)


def found_in_volumes(deployment: Deployment, secrets: dict[str, str]) -> list[str]:
    """In files: logs of tasks, manifests, gate results, the lake."""
    command = ("grep", "--recursive", "--files-with-matches", "--fixed-strings", *_patterns(secrets),
               "/var/lib/airflow", "/var/lib/lumbung")
    searched = deployment.start("docker", "compose", "--project-name", deployment.project, "exec", "-T", "scheduler",
                                *command)
    assert searched.returncode == 1 or searched.stdout, searched.stderr       # 1: nothing found, 2: could not look
    return searched.stdout.split()


def _patterns(secrets: dict[str, str]) -> list[str]:
    return [word for value in secrets.values() for word in ("--regexp", value)]
