"""Countries and regions by code and by name; what could be two places is refused."""

import csv
import re
from collections import Counter
from pathlib import Path

import pycountry
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from lokal import wilayah

from lumbung.intake.values.countries import read_country
from lumbung.intake.values.regions import FORMER, known_codes, read_region

SEEDS = Path(__file__).parents[2] / "seeds"
CITIES = [city for province in wilayah.list_wilayah() for city in wilayah.list_wilayah(province.code)]


@pytest.mark.parametrize(("text", "context", "expected"), [
    ("Kota Depok", "", "32.76"), ("Depok", "", "ambiguous_region"), ("Depok", "Jawa Barat", "ambiguous_region"),
    ("Depok", "Beji", "32.76"), ("Kota Bogor", "Jawa Timur", "ambiguous_region"),
    ("Kota Bogor", "Jawa Barat|Bogor Tengah", "32.71"), ("Kota Bogor", "Jawa Barat|Beji", "32.71"),
    ("Kota Bogor", "dekat pasar|Indonesia", "32.71"), ("Kota Bogor, Jawa Timur", "", "ambiguous_region"),
    ("Kab. Merauke", "Papua", "93.01"), ("Kota Sorong", "Papua Barat", "96.71"), ("Kota Tarakan", "Kaltim", "65.71"),
    ("Depok", "Sleman", "34.04"), ("Kecamatan Depok", "", "ambiguous_region"),
    ("Kecamatan Depok", "Kab. Sleman", "34.04"), ("Mojokerto", "", "ambiguous_region"),
    ("Mojokerto", "Jawa Timur", "ambiguous_region"), ("Mojokerto", "Mojosari", "35.16"),
    ("Kab. Mojokerto", "", "35.16"), ("Kota Mojokerto", "", "35.76"), ("Mojokerto (Kota)", "", "35.76"),
    ("MOJOKERTO, KAB.", "", "35.16"), ("Garut", "", "32.05"), ("Kota Bandung, Jawa Barat", "", "32.73"),
    ("Bandung", "", "ambiguous_region"), ("Kota Adm. Jakarta Utara", "", "31.72"), ("Jakarta Utara", "", "31.72"),
    ("Jawa Barat", "", "32"), ("Jabar", "", "32"), ("Yogyakarta", "", "ambiguous_region"), ("3276", "", "32.76"),
    ("32.76 Kota Depok", "", "32.76"), ("32.76 Kota Bogor", "", "ambiguous_region"), ("99.99", "", "unknown_region"),
    ("Atlantis", "", "unknown_region"), ("91.01", "", "91.01"), ("Pangkal Pinang", "", "19.71"), ("-", "", None)])
def test_a_region(text, context, expected):
    reading = read_region(text, context)
    assert (reading.reason or reading.value) == expected


@pytest.mark.parametrize(("text", "context", "expected"), [
    ("West Java", "", "32"), ("East Nusa Tenggara", "", "53"), ("North Sumatra Province", "", "12"),
    ("Southwest Papua", "", "96"), ("Highland Papua", "", "95"), ("Riau Islands", "", "21"),
    ("Special Region of Yogyakarta", "", "34"), ("Province of Central Java", "", "33"),
    ("Southeast Sulawesi", "", "74"),
    ("Depok City", "", "32.76"), ("City of Depok", "", "32.76"), ("Bogor Regency", "", "32.01"),
    ("Regency of Mojokerto", "", "35.16"), ("West Bandung Regency", "", "32.17"), ("North Jakarta", "", "31.72"),
    ("South Tangerang City", "", "36.74"), ("Depok City, West Java", "", "32.76"),
    ("Bogor City", "East Java", "ambiguous_region"), ("Bogor City", "West Java", "32.71"),
    ("Depok City", "Sleman Regency", "ambiguous_region"), ("North Atlantis", "", "unknown_region"),
    ("City", "", "unknown_region"), ("West", "", "unknown_region"), (",", "", "unknown_region")])
def test_a_region_by_its_english_name(text, context, expected):
    reading = read_region(text, context)
    assert (reading.reason or reading.value) == expected


def test_every_region_comes_back_from_its_english_kind():
    for city in CITIES:
        kind, name = city.name.split(" ", 1)
        name = re.sub(r"^Administrasi ", "", name)
        assert read_region(f"{name} {'City' if kind == 'Kota' else 'Regency'}").value == city.code, city.name


def test_the_two_lists_of_regions_are_never_mixed():
    assert read_region("3276", region_list="bps").value == "3276"
    assert read_region("32.76", region_list="bps").reason == "wrong_region_list"
    assert read_region("Kota Depok", region_list="bps").reason == "unknown_region"


def test_every_region_comes_back_from_its_full_name():
    assert len(CITIES) == 514
    for city in CITIES:
        short = city.name.replace("Kabupaten ", "Kab. ", 1)
        for text in (city.name, city.name.upper(), short, f"{city.name}, {city.path.split(', ')[1]}"):
            assert read_region(text).value == city.code, text


def test_a_bare_name_that_two_regions_share_is_never_guessed():
    bare = Counter(re.sub(r"^(Kota|Kabupaten) ", "", city.name) for city in CITIES)
    shared = [name for name, times in bare.items() if times > 1]
    assert len(shared) > 20
    assert {read_region(name).reason for name in shared} == {"ambiguous_region"}


def test_former_codes_are_those_of_the_seeds():
    with (SEEDS / "ref_region_changes.csv").open() as file:
        assert {row["old_code"] for row in csv.DictReader(file)} == FORMER
    with (SEEDS / "ref_regions.csv").open() as file:
        assert {row["region_code"] for row in csv.DictReader(file)} | FORMER == known_codes()


@pytest.mark.parametrize(("text", "expected", "basis"), [
    ("JP", "JP", "code"), ("jpn", "JP", "code"), ("Jepang", "JP", "name"), ("Korea", "KR", "assumed"),
    ("Korea Selatan", "KR", "name"), ("Perancis", "FR", "name"), ("Hongkong", "HK", "name"), ("UK", "GB", "name"),
    ("Arab Saudi", "SA", "name"), ("Inggris", "GB", "name"), ("Amerika", "US", "assumed"), ("Cina", "CN", "name"),
    ("CN - Tiongkok", "CN", "name"), ("Jepang (CN)", "ambiguous_country", None), ("XX", "unknown_country", None),
    ("Kongo", "ambiguous_country", None), ("Eropa", "ambiguous_country", None),
    ("Republic of China", "ambiguous_country", None), ("Republik Cina", "ambiguous_country", None),
    ("The Republic of China", "ambiguous_country", None), ("People's Republic of China", "CN", "name"),
    ("Republic of Korea", "KR", "name"), ("Republik Rakyat Tiongkok", "CN", "name"), ("Swaziland", "SZ", "name"),
    ("n/a", None, None)])
def test_a_country(text, expected, basis):
    reading = read_country(text)
    assert ((reading.reason or reading.value), reading.parts.get("basis")) == (expected, basis)


def test_every_country_comes_back_from_its_names_or_is_ambiguous():
    for country in pycountry.countries:
        names = [getattr(country, "common_name", country.name), country.alpha_3,
                 *(Locale(language).territories.get(country.alpha_2) for language in ("id", "en"))]
        for name in filter(None, names):
            reading = read_country(name)
            assert reading.value == country.alpha_2 or reading.reason == "ambiguous_country", name


@given(st.text(max_size=40) | st.sampled_from([city.name[:n] for city in CITIES[:60] for n in (5, 9, 30)]),
       st.text(max_size=9))
def test_any_text_is_read_or_refused(text, context):
    for reading in (read_region(text, context), read_region(text, context, "bps"), read_country(text)):
        assert not (reading.reason and reading.value is not None)
