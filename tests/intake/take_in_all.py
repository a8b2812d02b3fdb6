"""Takes in whatever lies in LUMBUNG_HOME's inbox, as a process of its own: `python -m take_in_all`."""

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake.home import Home

if __name__ == "__main__":
    home = Home.from_env()
    for batch in intake.plan(home, list(contracts()), 0):
        landed = intake.land(home, batch)
        intake.judge(home, intake.type_loads(home, batch.feed, batch.batch_id, landed), {})
