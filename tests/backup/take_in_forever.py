"""Puts files, strays among them, into the inbox of a home and takes them in, one by one, until it is killed."""

import sys
from itertools import count
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))

from returned_files import item, peb

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake.home import Home


def send(home: Home, place: str, content: str) -> None:
    """Put a file into the inbox and take it in."""
    path = home.inbox / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    for batch in intake.plan(home, list(contracts()), 0):
        landed = intake.land(home, batch)
        intake.judge(home, intake.type_loads(home, batch.feed, batch.batch_id, landed), {})


def main() -> None:
    home = Home(Path(sys.argv[1])).make()
    for number in count():
        for stray in range(30):         # one is landed in no time: something happens at every moment
            send(home, f"{number}-{stray}.txt", f"nyasar {number} {stray}")
        send(home, f"peb/bea-cukai/{number}.csv", peb([*(item(number * 100 + n) for n in range(20)),
                                                       item(number * 100 + 50, item_fob="x")]))
        print(number, flush=True)


if __name__ == "__main__":
    main()
