"""The page a reporting officer publishes: one HTML file in Indonesian, without scripts and without the network."""

import functools
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lumbung.errors import LumbungError
from lumbung.lake.durable import write_text
from lumbung.report import words
from lumbung.report.chart import growth_chart
from lumbung.report.ranking import BASES, Ranking, Release, rank
from lumbung.report.terminal import unranked_by_reason

STEPS = {"raw": "berkas masuk", "staging": "setelah dirapikan", "marts": "tabel akhir"}


def write_page(release: Release, province: str, year: int, out: Path, through: str | None = None,
               basis: str | None = None, quality: str = "") -> Path:
    """Write the ranking of a province's cities as one HTML file; the same release gives the same bytes.

    `out` is a folder (the file is then `peringkat-<province>-<year>.html`) or a file ending in .html. Without a
    basis both PEB and SKA stand on the page, each for itself, as far as they exist. `quality` is the page of quality
    that lies beside it, to link to. Returns the file.

    Raises UsageError for a basis or month that can't be, LumbungError listing what exists otherwise.
    """
    rankings, missing = [], None
    for one in [basis] if basis else BASES:
        try:
            rankings.append(rank(release, province, year, through, one))
        except LumbungError as problem:
            if basis or problem.exit_code == 2:
                raise
            missing = problem
    if not rankings:
        raise missing
    target = out if out.suffix == ".html" else out / f"peringkat-{province}-{year}.html"
    write_text(target, _render(release, rankings, quality))
    return target


def headline(ranking: Ranking) -> str:
    """What the ranking says, in one or two sentences."""
    window, before = ranking.window(), ranking.window(1)
    if not ranking.ranked:
        return f"Belum ada kota/kabupaten di {ranking.province_name} yang dapat diperingkat untuk {window}."
    best = [row for row in ranking.ranked if row["rank"] == 1]
    names, first = words.listed([row["region_name"] for row in best]), best[0]
    if first["growth_pct"] <= 0:
        return (f"Tidak ada kota/kabupaten di {ranking.province_name} yang ekspornya naik pada {window} terhadap "
                f"{before}; penurunan terkecil di {names}, {words.percent(first['exact_growth_pct'])}.")
    rising = sum(row["growth_pct"] > 0 for row in ranking.ranked)
    value = f", menjadi {words.size(first['current_usd'])}" if len(best) == 1 else ""
    return (f"Ekspor {names} tumbuh paling tinggi di {ranking.province_name}: "
            f"{words.percent(first['exact_growth_pct'])} terhadap {before}{value}. "
            f"{rising} dari {ranking.cities_ranked} kota/kabupaten yang diperingkat naik.")


def method(ranking: Ranking) -> list[tuple[str, str]]:
    """How the figures came about, as pairs of a word and its explanation."""
    rule, through = ranking.rule, ranking.through
    total, left_out = ranking.months_in_window, ranking.months_in_window - ranking.months_compared
    named = f" ({', '.join(ranking.months_left_out)})" if ranking.months_left_out else ""
    compared = f"{ranking.window()} terhadap bulan yang sama tahun {through.year - 1}"
    pairs = [
        ("Sumber", f"{_first_upper(words.BASIS_LONG[ranking.basis])}. Angka PEB dan SKA tidak pernah dijumlahkan."),
        ("Tempat", _sentence(words.PLACES, rule.get("place"), "Bukan pelabuhan muat.")),
        ("Tanggal", _sentence(words.DATES, rule.get("date_field"))),
        ("Jendela", f"{compared}. " + (
            f"Hanya {ranking.months_compared} dari {total} bulan yang dibandingkan: {left_out} bulan{named} tidak "
            "lengkap pada kedua tahun, dan keluar dari kedua jendela untuk semua kota/kabupaten."
            if left_out else f"Semua {total} bulan lengkap pada kedua tahun." if total > 1 else
            "Bulan itu lengkap pada kedua tahun.")),
        ("Status", words.status(ranking.is_final, ranking.cut_off)),
        ("Ukuran", "Nilai FOB dalam dolar AS. Pertumbuhan = selisih dibagi nilai tahun pembanding."
         if ranking.basis == "peb" else
         "Nilai yang tercantum di SKA, dalam dolar AS. Pertumbuhan = selisih dibagi nilai tahun pembanding."),
        ("Kurs", _sentence(words.RATES, rule.get("rate_source"), "Nilai dalam dolar AS dipakai apa adanya.")),
        ("Syarat", _limits(rule)),
        ("Aturan", _rule_line(rule)),
    ]
    return [(name, text) for name, text in pairs if text]


def origin(release: Release) -> list[tuple[str, str]]:
    """Where the figures come from: release, run, files, rows and checks."""
    manifest = release.manifest
    loads = manifest["loads"]
    pairs = [
        ("Rilis", release.id),
        ("Dihitung", words.moment(datetime.fromisoformat(manifest["run_time"]))),
        ("Bahan", f"{words.whole(len(loads))} berkas dari {len({load['agency'] for load in loads})} instansi, "
                  f"{words.whole(sum(load['rows'] for load in loads))} baris"),
        ("Pemeriksaan", "; ".join(_gate(gate) for gate in manifest["gates"]) or "tidak tercatat"),
        ("Rilis sebelumnya", manifest["previous"] or "tidak ada, ini yang pertama"),
        ("Versi program", manifest["code_version"]),
        ("Sidik isi", manifest["content_hash"]),
    ]
    return pairs


def _gate(gate: dict) -> str:
    failed = len(gate["failed"])
    rest = f", {words.whole(failed)} peringatan" if failed else ", semua terpenuhi"
    return f"{STEPS.get(gate['step'], gate['step'])}: {words.whole(gate['checks'])} pemeriksaan{rest}"


def _limits(rule: dict) -> str:
    limits = []
    if "floor_usd" in rule:
        limits.append(f"nilai periode pembanding paling sedikit US${words.whole(Decimal(rule['floor_usd']))}")
    if "minimum_exporters" in rule:
        limits.append(f"paling sedikit {rule['minimum_exporters']} eksportir")
    if not limits:
        return ""
    return f"{_first_upper(' dan '.join(limits))}. Yang tidak memenuhi disebut namanya, tanpa peringkat."


def _rule_line(rule: dict) -> str:
    version = f" versi {rule['rule_version']}" if "rule_version" in rule else ""
    since = f", berlaku sejak {words.day(datetime.fromisoformat(rule['valid_from']))}" if rule.get("valid_from") else ""
    return f"{rule['rule_name']}{version}{since}. Aturan ini dipilih kantor, bukan rumus resmi nasional."


def _sentence(known: dict[str, str], key: str | None, more: str = "") -> str:
    return f"{_first_upper(known.get(key, key))}. {more}".strip() if key else ""


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


@functools.cache
def templates() -> Environment:
    """The templates of all pages for insiders."""
    environment = Environment(loader=PackageLoader("lumbung.report"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    environment.globals["words"] = words
    return environment


def _render(release: Release, rankings: list[Ranking], quality: str) -> str:
    sections = [{
        "ranking": ranking,
        "headline": headline(ranking),
        "method": method(ranking),
        "unranked": unranked_by_reason(ranking),
        "charts": _charts(ranking),
    } for ranking in rankings]
    first = rankings[0]
    return templates().get_template("page.html").render(
        sections=sections, release=release, quality=quality, origin=origin(release), first=first,
        through=max(r.through for r in rankings), made_up=[r for r in rankings if r.is_synthetic])


def _charts(ranking: Ranking) -> list[Markup]:
    """One drawing for wide screens and paper, one for phones; the style sheet shows one of them."""
    if not ranking.ranked:
        return []
    return [Markup(growth_chart(ranking, width=width, font_size=size, name=f"{ranking.basis}-{kind}"))  # noqa: S704
            for kind, width, size in (("wide", 720, 13), ("narrow", 350, 12))]
