"""How figures, months and reasons read in Indonesian, the same in the terminal and on the page."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

LOCALE = "id_ID"
WIB = timezone(timedelta(hours=7), "WIB")
MADE_UP = "DATA BUATAN"
NOTHING = "–"

BASIS = {"peb": "PEB", "ska": "SKA"}
BASIS_LONG = {"peb": "pemberitahuan ekspor barang (PEB)", "ska": "surat keterangan asal (SKA)"}

UNRANKED = {
    "no_month_to_compare": "tidak ada bulan yang lengkap pada kedua tahun",
    "new": "baru: tidak ada ekspor tercatat pada periode pembanding",
    "below_floor": "nilai pembanding di bawah batas",
    "few_exporters": "eksportir terlalu sedikit",
    "no_exports": "tidak ada ekspor tercatat",
    "rate_missing": "kurs tidak lengkap",
    "coverage": "data tidak lengkap",
}
FLAGS = {
    "tie": "seri",
    "rate_missing": "sebagian nilai tanpa kurs",
}
PLACES = {
    "declared_origin": "daerah asal barang yang dinyatakan di PEB",
    "maker": "alamat pembuat barang",
    "exporter": "alamat terdaftar eksportir",
    "issuer": "kantor penerbit SKA",
}
DATES = {"registered_on": "tanggal pendaftaran PEB", "issued_on": "tanggal terbit SKA"}
MEASURES = {"fob_usd": "US$", "fob_idr": "Rp", "net_weight_kg": "kg"}
RATES = {"ecb": "kurs harian Bank Sentral Eropa", "kurs_pajak": "kurs pajak mingguan Kementerian Keuangan"}


def whole(value: Decimal | int | None) -> str:
    """1234567.89 → "1.234.568"; nothing → a dash."""
    return NOTHING if value is None else _minus(format_decimal(value, format="#,##0", locale=LOCALE))


def signed(value: Decimal | None) -> str:
    """1234567.89 → "+1.234.568"."""
    return NOTHING if value is None else _minus(format_decimal(value, format="+#,##0;-#,##0", locale=LOCALE))


def with_cents(value: Decimal, *, signed: bool = False) -> str:
    """1234567.8 → "1.234.567,80", with a sign "+1.234.567,80"."""
    return _minus(format_decimal(value, format="+#,##0.00;-#,##0.00" if signed else "#,##0.00", locale=LOCALE))


def percent(value: Decimal | Fraction | None) -> str:
    """A percentage as a change: 12.34 → "+12,3%"."""
    if value is None:
        return NOTHING
    return _minus(format_decimal(tenth(value), format="+#,##0.0;-#,##0.0", locale=LOCALE)) + "%"


def tenth(value: Decimal | Fraction) -> Decimal:
    """To one decimal; exactly half a tenth goes away from zero, as everywhere in Lumbung."""
    tenths = (abs(Fraction(value)) * 20 + 1) // 2
    return Decimal(-tenths if value < 0 else tenths).scaleb(-1)


def size(value: Decimal | None) -> str:
    """Dollars in words, for a sentence: 12345678 → "US$12,3 juta"."""
    if value is None:
        return NOTHING
    return "US$" + _minus(format_compact_decimal(value, format_type="long", locale=LOCALE, fraction_digits=1))


def day(value: date) -> str:
    """2024-09-01 → "1 September 2024"."""
    return format_date(value, format="d MMMM yyyy", locale=LOCALE)


def local(at: datetime) -> datetime:
    """A moment by the clocks of Java; without a zone it is in UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(WIB)


def moment(at: datetime) -> str:
    """2024-10-05 03:04 UTC → "5 Oktober 2024 pukul 10.04 WIB"."""
    return f"{day(local(at).date())} pukul {local(at):%H.%M} WIB"


def short_date(value: date) -> str:
    """2024-09-01 → "1 Sep"."""
    return format_date(value, format="d MMM", locale=LOCALE)


def compact(value: int) -> str:
    """A count for a chart: 3615 → "3,6 rb", 1234567 → "1,2 jt"."""
    return _minus(format_compact_decimal(value, format_type="short", locale=LOCALE, fraction_digits=1))


def months(through: date, years_back: int = 0) -> str:
    """The window from January to the month of `through`: "Januari–September 2024"."""
    year = through.year - years_back
    last = format_date(through, format="MMMM", locale=LOCALE)
    return f"Januari {year}" if through.month == 1 else f"Januari–{last} {year}"


def window(through: date, window_kind: str, years_back: int = 0) -> str:
    """The months of a window in words: "Januari–September 2024", "Oktober 2023–September 2024"."""
    if window_kind != "trailing_twelve" or through.month == 12:
        return months(through, years_back)
    last = through.replace(year=through.year - years_back)
    first = last.replace(year=last.year - 1, month=last.month + 1)
    return f"{month(first)}–{month(last)}"


def month(value: date) -> str:
    """2024-09-01 → "September 2024"."""
    return format_date(value, format="MMMM yyyy", locale=LOCALE)


def status(is_final: bool | None, cut_off: date | None) -> str:
    """Whether a list is final, and to which month the data go; nothing where a release does not tell."""
    if is_final is None or cut_off is None:
        return ""
    return (f"Final; data sampai {month(cut_off)}." if is_final else
            f"Sementara; data sampai {month(cut_off)}. Dokumen yang terlambat masih dapat mengubahnya.")


def listed(names: list[str]) -> str:
    """"A", "A dan B", "A, B, dan C"."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def short_name(region_name: str) -> str:
    """A name short enough for a chart: "Kab. Bekasi"."""
    return region_name.replace("Kabupaten ", "Kab. ")


def notes(flags: list[str], *, ranked: bool) -> list[str]:
    """What the flags of a row say, without those of the whole list, which are said once beside it."""
    words = FLAGS if ranked else {**FLAGS, **UNRANKED}
    return [words.get(flag, flag) for flag in flags if flag not in ("data_buatan", "months_left_out")]


def _minus(text: str) -> str:
    return text.replace("-", "−")


def plain(text: str) -> str:
    """Text of a file for a terminal, which would obey the control characters in it: they are written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
