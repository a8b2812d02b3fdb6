"""Numbers that name somebody, telephones, and several values in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal import format_npwp15

from lumbung.intake.values.cells import NOTHING_WORDS, read_people, read_products
from lumbung.intake.values.identities import read_hs, read_nib, read_nik, read_npwp
from lumbung.intake.values.normalising import READERS, Around
from lumbung.intake.values.phones import read_phone


@pytest.mark.parametrize(("text", "first", "rest"), [
    ("0812-3456-7890", "+6281234567890", None), ("+62 812 3456 7890", "+6281234567890", None),
    ("81234567890", "+6281234567890", None), ("(021) 555-1234", "+62215551234", None),
    ("8.1234567890e+010", "+6281234567890", None), ("81234567890.0", "+6281234567890", None),
    ("0812 3456 7890 / 0813 4567 8901", "+6281234567890", "+6281345678901"),
    ("Telp. 021-5551234; HP 0812 3456 7890", "+62215551234", "+6281234567890"),
    ("0812-3456-7890 dan 0812-3456-7890", "+6281234567890", None), ("+65 6123 4567", "+6561234567", None)])
def test_a_telephone(text, first, rest):
    reading = read_phone(text)
    assert (reading.value, reading.parts.get("rest")) == (first, rest)


@pytest.mark.parametrize(("text", "reason"), [
    ("8.52348e+010", "phone_digits_lost"), ("12", "bad_phone"), ("0812-3456-7890 / 12", "bad_phone"),
    ("PT", "bad_phone")])
def test_what_is_no_telephone_is_refused(text, reason):
    assert read_phone(text).reason == reason


@pytest.mark.parametrize(("read", "text", "expected"), [
    (read_npwp, "01.234.567.8-901.234", "012345678901234"), (read_npwp, "0012345678901234", "0012345678901234"),
    (read_npwp, "1234", "bad_npwp"), (read_npwp, "9912345678901234", "bad_npwp"), (read_npwp, "0" * 15, "bad_npwp"),
    (read_nib, "9120 1012 34567", "9120101234567"), (read_nib, "912010123456", "bad_nib"),
    (read_nik, "3276 0115 0190 0001", "3276011501900001"), (read_nik, "3276013202900001", "bad_nik"),
    (read_hs, "9403.60.90", "94036090"), (read_hs, "HS 9403", "9403"), (read_hs, "9403609", "bad_hs"),
    (read_hs, "9403a", "bad_hs")])
def test_an_identifier(read, text, expected):
    reading = read(text)
    assert (reading.reason or reading.value) == expected


@given(st.integers(1, 10**15 - 1))
def test_a_tax_number_comes_back_from_its_dotted_form(number):
    digits = f"{number:015d}"
    assert read_npwp(format_npwp15(digits)).value == digits
    assert read_npwp(f"0{digits}").value == f"0{digits}"


def test_several_values_of_a_cell():
    assert read_products("keripik singkong, keripik pisang; 1. tas & dompet dan sepatu\nsandal 1/2 kg").value == (
        "keripik singkong; keripik pisang; tas; dompet; sepatu; sandal 1/2 kg")
    people = read_people("Budi, S.E. / Ani dan Tuti")
    assert (people.value, people.parts["rest"]) == ("Budi, S.E.", "Ani; Tuti")


@pytest.mark.parametrize("word", NOTHING_WORDS)
@pytest.mark.parametrize("normaliser", list(READERS))
def test_words_for_nothing_are_null_in_every_kind_of_column(normaliser, word):
    reading = READERS[normaliser](f" {word.upper()} ", Around())
    assert (reading.value, reading.reason, reading.parts) == (None, "", {})


@given(st.text() | st.text("0123456789+-/;.e ", max_size=30))
def test_any_text_is_read_or_refused(text):
    for normaliser, read in READERS.items():
        reading = read(text, Around())
        assert not (reading.reason and reading.value is not None), normaliser
