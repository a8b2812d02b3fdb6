"""The model is estimated anew by a command, into another file, and never by the way."""

import json

import pytest

from lumbung import flow
from lumbung.errors import LumbungError
from lumbung.identity import model


def test_an_estimate_stands_beside_the_model_in_force(lists, tmp_path):
    lists.roster(*[{"Nama IKM": f"CV Buatan{n} Rotan", "NIB": f"99000000{n:05}", "Produk": "rotan"}
                   for n in range(210)])
    lists.exhibition(*[{"Nama IKM": f"Buatan{n} Rotan", "NIB": f"99000000{n:05}", "Produk": "rotan"}
                       for n in range(210)])
    lists.run()
    before = model.SHIPPED.read_bytes()
    texts = []
    for name in ("one.json", "two.json"):
        made = flow.estimate_identity(lists.home, tmp_path / name)
        assert made["pairs"] >= 200
        texts.append((tmp_path / name).read_text())
    assert texts[0] == texts[1]
    assert set(json.loads(texts[0])["words"]) == {"ROTAN"}
    assert model.SHIPPED.read_bytes() == before


def test_too_few_known_pairs_are_refused_and_leave_nothing_behind(lists, tmp_path):
    lists.roster({"Nama IKM": "CV Wimbasari Rotan"})
    lists.run()
    with pytest.raises(LumbungError, match="200 is the least"):
        flow.estimate_identity(lists.home, tmp_path / "one.json")
    assert not (tmp_path / "one.json").exists()
    assert not list((lists.home.build / "runs").glob("estimate-*"))
    lists.run()
