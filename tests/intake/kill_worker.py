"""Takes in a lake again and again, each time in a child that is killed after so many seconds (0: it may end).

Reads one number a line, answers with the child's exit status. The modules are imported once, so that the kills fall
into the work and not into the imports.
"""

import os
import signal
import sys
import time
from pathlib import Path

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake.home import Home


def take_in(home: Home) -> None:
    for batch in intake.plan(home, list(contracts()), 0):
        landed = intake.land(home, batch)
        intake.judge(home, intake.type_loads(home, batch.feed, batch.batch_id, landed), {})


def main() -> None:
    home = Home(Path(sys.argv[1]))
    print("ready", flush=True)
    for line in sys.stdin:
        seconds = float(line)
        child = os.fork()
        if child == 0:
            take_in(home)
            os._exit(0)
        if seconds:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
