"""How checks, deliveries and scores read on the page of quality: Indonesian first, English beside it."""

import functools
import re
from datetime import date
from decimal import Decimal
from importlib import resources

import yaml
from babel.dates import format_date

from lumbung.report import words

STEPS = {"raw": ("Berkas masuk", "Files as they came"), "staging": ("Setelah dirapikan", "After tidying"),
         "marts": ("Tabel akhir", "Final tables")}
STATUS = {"passed": ("terpenuhi", "passed"), "warned": ("peringatan", "warning"), "failed": ("gagal", "failed")}
OWNERS = {"data engineer": "teknisi data", "reporting officer": "petugas pelaporan"}
DELIVERIES = {
    "on_time": ("tepat waktu", "on time", "●"), "late": ("terlambat", "late", "◐"),
    "missing": ("belum datang", "missing", "✕"), "nil_return": ("nihil", "nil return", "○")}
SOURCES = {"expected": ("menurut daftar", "as listed"), "customary": ("menurut kebiasaan", "by custom")}
DIMENSIONS = {
    "timeliness": ("Ketepatan waktu", "Timeliness",
                   "Kiriman yang jatuh tempo dan datang pada waktunya; laporan nihil terhitung datang.",
                   "Deliveries due that came by their day; a nil return counts."),
    "completeness": ("Kelengkapan", "Completeness", "Baris terbaca yang semua isian wajibnya terisi.",
                     "Rows read in which no required value is missing."),
    "validity": ("Kesahihan", "Validity", "Baris terbaca yang tidak dikarantina karena sebab lain.",
                 "Rows read that no other reason put into quarantine."),
    "consistency": ("Konsistensi", "Consistency",
                    "Baris diterima yang tidak disebut pemeriksaan mana pun, tidak bertentangan dengan berkas lain, "
                    "dan bukan pembetulan yang tidak sah.",
                    "Rows accepted that no check names, no other file contradicts and no invalid correction made."),
    "uniqueness": ("Keunikan", "Uniqueness", "Baris diterima yang bukan salinan baris lain.",
                   "Rows accepted that are no copy of another."),
}
# Checks of one column say in their name what they ask.
KINDS = (
    (r"(?P<column>.+)_not_null", "Kolom {column} wajib terisi."),
    (r"(?P<column>.+)_known", "Nilai kolom {column} harus ada dalam daftarnya."),
    (r"(?P<column>.+)_pattern", "Kode di kolom {column} harus sesuai bentuknya."),
    (r"(?P<column>.+)_at_least_(?P<limit>[\d.e+-]+)", "Nilai kolom {column} tidak boleh di bawah {limit}."),
    (r"(?P<column>.+)_at_most_(?P<limit>[\d.e+-]+)", "Nilai kolom {column} tidak boleh di atas {limit}."),
    (r"(?P<column>.+)_above_(?P<limit>[\d.e+-]+)", "Nilai kolom {column} harus di atas {limit}."),
    (r"(?P<column>.+)_in_(?P<table>(?:dim|fct|bridge|mart)_.+)", "Nilai kolom {column} harus ada di tabel {table}."),
    (r"(?P<column>.+)_in_stg_reference__(?P<list>.+)", "Nilai kolom {column} harus ada di daftar {list}."),
    (r"(?P<column>.+)_in_list", "Kode wilayah di kolom {column} harus ada dalam daftar wilayah."),
    (r"(?P<day>.+)_not_in_future", "Tanggal {day} belum tiba; tanyakan kepada instansi tanggal yang benar."),
    (r"key_unique", "Kunci baris tidak boleh ganda."),
)


def verdict(*, warnings: int, stopped: int, missing: int, **_: int) -> dict[str, str]:
    """The sentences at the top of the page, by language (`id`, `en`)."""
    of_release = (
        (f"Rilis ini terbit tanpa gagal kritis; {words.whole(warnings)} peringatan ikut terbit.",
         f"This release was published without a critical failure; {_counted(warnings, 'warning')} with it.")
        if warnings else ("Semua pemeriksaan rilis ini terpenuhi.", "Every check of this release passed."))
    out = (f" Sejak rilis sebelumnya, {words.whole(stopped)} pemeriksaan kritis menahan berkas atau menghentikan run.",
           f" Since the release before, {_counted(stopped, 'critical check')} held back files or stopped a run.")
    owed = (f" {words.whole(missing)} kiriman belum datang.", f" Missing: {_counted(missing, 'delivery')}.")
    return {language: of_release[i] + (out[i] if stopped else "") + (owed[i] if missing else "")
            for i, language in enumerate(("id", "en"))}


def reason(check_name: str) -> str:
    """Why a check is there, in Indonesian; nothing for a check that we don't know."""
    if known := _reasons().get(check_name):
        return known
    for pattern, sentence in KINDS:
        if found := re.fullmatch(pattern, check_name):
            return sentence.format(**found.groupdict())
    return ""


def number(value: float | Decimal | None) -> str:
    """A measured number as short as it is told: 12.0 → "12", 0.1234 → "0,123", 1234567.8 → "1.234.568"."""
    if value is None:
        return words.NOTHING
    if abs(value) >= 1000 or value == int(value):
        return words.whole(Decimal(str(value)))
    text = f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}"
    return f"{Decimal(text):f}".replace(".", ",").replace("-", "−")


def limits(low: float | None, high: float | None) -> tuple[str, str]:
    """Between which limits a measure should lie, in both languages; nothing where there are none."""
    if low is not None and high is not None:
        return f"batas {number(low)} sampai {number(high)}", f"limits {number(low)} to {number(high)}"
    if low is not None:
        return f"paling sedikit {number(low)}", f"at least {number(low)}"
    return (f"paling banyak {number(high)}", f"at most {number(high)}") if high is not None else ("", "")


def share(value: Decimal | None, digits: int = 2) -> str:
    """A percentage without a sign: 98.2 → "98,20%"."""
    return words.NOTHING if value is None else f"{value:.{digits}f}".replace(".", ",") + "%"


def short_day(value: date) -> str:
    """2024-09-01 → "1 Sep 24"."""
    return format_date(value, format="d MMM yy", locale=words.LOCALE)


def _counted(count: int, noun: str) -> str:
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


@functools.cache
def _reasons() -> dict[str, str]:
    return yaml.safe_load(resources.files("lumbung.report").joinpath("check_reasons_id.yaml").read_text("utf-8"))
