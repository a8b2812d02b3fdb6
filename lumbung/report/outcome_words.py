"""What became of members of programmes, in sentences."""

from decimal import Decimal

from babel.numbers import format_decimal

from lumbung.report import words
from lumbung.report.outcomes import Outcomes

SEEN = "Ekspor berarti tercatat dalam PEB/SKA, sebagai eksportir atau pembuat; kiriman pos kecil bisa tidak tercatat."
MEASURE = {"export": "Tercatat mengekspor", "first_export": "Pertama kali tercatat (24 bulan sebelumnya tidak)"}
ARM = {"trained": "selesai dilatih", "enrolled": "ikut program", "waiting": "menunggu"}
COHORT = {"trained": "dilatih", "enrolled": "mulai ikut", "waiting": "masuk daftar"}
NO_DIFFERENCE = {
    "is_waiting": "yang menunggu tidak dibandingkan dengan dirinya sendiri",
    "nobody_counted": "belum ada peserta terhubung yang bisa dihitung",
    "nobody_waiting": "tidak ada yang menunggu yang bisa dihitung",
    "withheld": "angkanya ditahan",
    "unlinkable_differ": "bagian yang tak terhubung berbeda lebih dari sepuluh poin",
    "one_shipment": "satu kiriman memuat lebih dari separuh yang tercatat",
}
WITHHELD = "ditahan (ada angka satu atau dua, atau bisa dihitung dari yang lain)"


def title(found: Outcomes) -> str:
    """The title over the figures."""
    made_up = f"{words.MADE_UP} · " if found.is_synthetic else ""
    group = found.group_name or "Semua program"
    years = "semua tahun" if found.cohort == "all" else f"{COHORT[found.arm]} {found.cohort}"
    return f"{made_up}{group} · {ARM[found.arm]}, {years} · tercatat mengekspor dalam {found.horizon_months} bulan"


def counts(row: dict) -> str:
    """Who is counted, and why the others are not."""
    left_out = [f"{words.whole(row[column])} {why}" for column, why in (
        ("not_mature", f"belum genap {row['horizon_months']} bulan"), ("censored", "keburu ikut program"),
        ("exported_before", "sudah tercatat mengekspor sebelumnya"),
        ("history_too_short", "data sebelumnya kurang dari 24 bulan"))
        if row[column]]
    beside = f" ({'; '.join(left_out)})" if left_out else ""
    if row["is_withheld"]:
        return f"{words.whole(row['members'])} usaha, {words.whole(row['mature'])} genap waktunya{beside}; {WITHHELD}"
    return (f"{words.whole(row['members'])} usaha, {words.whole(row['counted'])} dihitung{beside}: "
            f"{words.whole(row['exported'])} tercatat, {words.whole(row['not_seen'])} tidak terlihat, "
            f"{words.whole(row['unlinkable'])} tak terhubung")


def share(row: dict) -> str:
    """The share with its bounds and its interval, or why there is none."""
    if row["is_withheld"]:
        return f"bagian {WITHHELD}"
    if not row["counted"]:
        return "belum ada yang bisa dihitung"
    bounds = f"batas {percent(row['share_least_pct'])}–{percent(row['share_most_pct'])}"
    if row["share_pct"] is None:
        return f"tak terhubung semua, {bounds}"
    interval = (f"selang 95% {percent(row['wilson_low_pct'])}–{percent(row['wilson_high_pct'])}"
                if row["wilson_low_pct"] is not None
                else "tanpa selang: satu kiriman memuat lebih dari separuh yang tercatat")
    return f"{percent(row['share_pct'])} dari yang terhubung, {bounds}, {interval}"


def difference(row: dict) -> str:
    """The difference from those waiting with its interval, or why there is none."""
    if row["difference_pct"] is None:
        return f"tanpa selisih: {NO_DIFFERENCE[row['no_difference_reason']]}"
    return (f"selisih {words.percent(row['difference_pct']).rstrip('%')} poin, selang 95% "
            f"{words.percent(row['difference_low_pct']).rstrip('%')} sampai "
            f"{words.percent(row['difference_high_pct']).rstrip('%')} poin")


def value(row: dict) -> str:
    """Median dollars before and after, "" where too few have any."""
    if row["valued"] is None:
        return ""
    rising = "" if row["rising_share_pct"] is None else f"; naik pada {percent(row['rising_share_pct'])}"
    return (f"nilai PEB {row['horizon_months']} bulan sebelum dan sesudah, {words.whole(row['valued'])} usaha: median "
            f"US${words.whole(row['median_before_usd'])} dan US${words.whole(row['median_after_usd'])}{rising}")


def percent(value: Decimal) -> str:
    """A share: 58.3333 → "58,3%"."""
    return format_decimal(value, format="#,##0.0", locale=words.LOCALE) + "%"
