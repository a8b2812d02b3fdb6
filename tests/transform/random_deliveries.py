"""Stories of documents, told by a dice: what offices send, send again, correct, cancel, contradict and take back.

Several stories share cities, months and exporters, so that what one changes stands beside what another left alone.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from loaded_warehouse import Warehouse

from lumbung.lake import decisions, ledger

CITIES = ["32.76", "32.04", "32.73", "91.01", "99.99", None]
EXPORTERS = ["k1:a", "k1:b", "k1:c", "k1:d", None]
DAYS = ["2023-01-31", "2023-02-01", "2023-12-31", "2024-01-01", "2024-02-29", None]
CURRENCIES = ["USD", "JPY", "AUD", "IDR", "XXX"]
GOODS = ["46021190", "94036090", "27090010"]
COUNTRIES = ["AU", "JP", "QQ"]
OWNERS = ["k1:a", "k1:c", "k1:maker", "k1:other_maker", "unknown"]


@dataclass
class Story:
    """One sequence. `told` says what happened, for the message of a test that fails."""

    warehouse: Warehouse
    number: int
    dice: random.Random
    peb: dict[str, list[dict]] = field(default_factory=dict)
    ska: dict[str, list[dict]] = field(default_factory=dict)
    loads: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def go_on(self) -> None:
        """Let one more thing happen; where it can't yet, a new document comes. A third of the stories begin with a
        certificate, so that there are some whatever the dice say."""
        acts: list[Callable[[], object]] = [
            self.declare, self.correct, self.correct_exporter, self.correct_owners, self.cancel, self.refile,
            self.send_again, self.contradict, self.certify, self.amend, self.replace_certificate,
            self.cancel_certificate, self.register, self.withdraw, self.restore, self.retype, self.decide]
        act = self.dice.choice(acts) if self.told or self.number % 3 else self.certify
        if act() is False:
            self.declare()
            act = self.declare
        self.told.append(act.__name__)

    def declare(self) -> None:
        self._send("peb", self._declaration(self._new("peb")))

    def correct(self) -> bool | None:
        return self._next_version(item_fob=self._amount(), origin_region_code=self.dice.choice(CITIES),
                                  registered_on=self.dice.choice(DAYS))

    def correct_exporter(self) -> bool | None:
        return self._next_version(exporter_party_key=self.dice.choice(EXPORTERS))

    def correct_owners(self) -> bool | None:
        return self._next_version(producers=self._owners())

    def cancel(self) -> bool | None:
        return self._next_version(cancelled_on="2024-03-05")

    def refile(self) -> bool | None:
        if not self.peb:
            return False
        old = self.dice.choice(sorted(self.peb))
        self._send("peb", [row | {"replaces_nomor_aju": old} for row in self._declaration(self._new("peb"))])
        return None

    def send_again(self) -> bool | None:
        return self._copy(lambda row: row)

    def contradict(self) -> bool | None:
        column = {"peb": "item_fob", "ska": "item_value"}
        return self._copy(lambda row: row | {column["peb" if "nomor_aju" in row else "ska"]: self._amount()})

    def certify(self) -> None:
        self._send("ska", self._certificate(self._new("ska")))

    def amend(self) -> bool | None:
        return self._amended(status="amended", item_value=self._amount(), exporter_region_code=self.dice.choice(CITIES))

    def replace_certificate(self) -> bool | None:
        if not self.ska:
            return False
        old = self.dice.choice(sorted(self.ska))
        self._send("ska", [row | {"replaces_number": old} for row in self._certificate(self._new("ska"))])
        return None

    def cancel_certificate(self) -> bool | None:
        return self._amended(status="cancelled")

    def register(self) -> None:
        day = f"2024-{self.dice.randrange(1, 13):02d}-{self.dice.randrange(1, 29):02d}"
        rows = [{"as_of": day, "register_number": n, "exporter_name": f"PT {key}", "exporter_party_key": key,
                 "region_code": self.dice.choice(CITIES[:3]), "is_synthetic": False}
                for n, key in enumerate(EXPORTERS[:self.dice.randrange(1, 4)], 1)]
        self._load(self.warehouse.send("exporter_register", rows, agency=f"dinas-{self.number % 3}", name=self._name()))

    def withdraw(self) -> bool | None:
        standing = self._loads_that_are("loaded")
        return self.warehouse.withdraw(self.dice.choice(standing)) if standing else False

    def restore(self) -> bool | None:
        gone = self._loads_that_are("withdrawn")
        return self.warehouse.record("restored", self.dice.choice(gone)) if gone else False

    def retype(self) -> bool | None:
        """The same file read again by a mended contract: its rows stand in another load now."""
        standing = self._loads_that_are("loaded")
        if not standing:
            return False
        old = self.dice.choice(standing)
        new = self.warehouse.retype(old, item_description=f"read again {self._name()}")
        if new:
            self.loads.append(new)
        return None if new else False

    def decide(self) -> bool | None:
        """A person chooses a file of a conflict that was seen at the last build."""
        mine = tuple(self.peb) + tuple(self.ska)
        open_ones = [row for row in self.warehouse.conflicts() if row[1].split("|")[0] in mine]
        if not open_ones:
            return False
        feed, key, _ = self.dice.choice(open_ones)
        state = ledger.loads(self.warehouse.home)
        files = [decisions.File(state[load].agency, state[load].sha256)
                 for *conflict, load in open_ones if conflict == [feed, key]]
        chosen = self.dice.choice(files)
        decisions.record(self.warehouse.home, decisions.Decision(
            feed, key, chosen, tuple(f for f in files if f != chosen), reason="a dice"))
        return None

    def _new(self, feed: str) -> str:
        count = len(getattr(self, feed)) + 1
        if feed == "ska":
            return f"{count:03d}/{self.number:04d}/2023"
        return f"0501003000012023030{self.number:04d}{count:03d}"

    def _amount(self) -> str:
        return f"{self.dice.randrange(1, 90_000_000) / 100:.2f}"

    def _owners(self) -> str | None:
        """Up to four lines of owners, of whom some declare a value; the same owner may come twice."""
        said = [f"{self.dice.choice(OWNERS)}:{self.dice.choice(['', '0.00', self._amount()])}"
                for _ in range(self.dice.randrange(0, 5))]
        return ";".join(said) or None

    def _declaration(self, number: str) -> list[dict]:
        header = {"nomor_aju": number, "registered_on": self.dice.choice(DAYS),
                  "currency": self.dice.choice(CURRENCIES), "exporter_party_key": self.dice.choice(EXPORTERS),
                  "is_synthetic": self.number % 4 == 0}
        return [header | {"item_number": n, "item_fob": self._amount(), "origin_region_code": self.dice.choice(CITIES),
                          "producers": self._owners() if self.dice.random() < 0.3 else None,
                          "hs_code": self.dice.choice(GOODS), "destination_country_code": self.dice.choice(COUNTRIES)}
                for n in range(1, self.dice.randrange(2, 5))]

    def _certificate(self, number: str) -> list[dict]:
        header = {"certificate_number": number, "issued_on": self.dice.choice(DAYS[:-1]),
                  "currency": self.dice.choice(CURRENCIES), "exporter_party_key": self.dice.choice(EXPORTERS),
                  "maker_party_key": self.dice.choice([None, None, *OWNERS[:3]]),
                  "exporter_region_code": self.dice.choice(CITIES), "is_synthetic": self.number % 4 == 0}
        return [header | {"item_number": n, "item_value": self._amount()} for n in range(1, self.dice.randrange(2, 4))]

    def _next_version(self, **changed) -> bool | None:
        if not self.peb:
            return False
        rows = self.peb[self.dice.choice(sorted(self.peb))]
        note = (rows[0].get("note_number") or 0) + 1
        self._send("peb", [row | {"note_number": note, "note_date": f"2024-03-{min(note, 28):02d}"} | changed
                           for row in rows])
        return None

    def _amended(self, **changed) -> bool | None:
        if not self.ska:
            return False
        rows = self.ska[self.dice.choice(sorted(self.ska))]
        day = f"2024-04-{self.dice.randrange(1, 29):02d}"
        self._send("ska", [row | {"amended_on": day} | changed for row in rows])
        return None

    def _copy(self, changed: Callable[[dict], dict]) -> bool | None:
        feed = self.dice.choice(["peb", "ska"])
        documents = getattr(self, feed)
        if not documents:
            return False
        rows = documents[self.dice.choice(sorted(documents))]
        kept = [row for row in rows if self.dice.random() < 0.8] or rows
        self._send(feed, [changed(row) for row in kept], is_news=False)
        return None

    def _send(self, feed: str, rows: list[dict], *, is_news: bool = True) -> None:
        if is_news:
            key = "nomor_aju" if feed == "peb" else "certificate_number"
            getattr(self, feed)[rows[0][key]] = rows
        self._load(getattr(self.warehouse, feed)(*rows, name=self._name()))

    def _load(self, load_id: str) -> None:
        self.loads.append(load_id)

    def _name(self) -> str:
        return f"{self.number}-{len(self.told)}"

    def _loads_that_are(self, status: str) -> list[str]:
        state = ledger.loads(self.warehouse.home)
        return [load_id for load_id in self.loads if state[load_id].status == status]
