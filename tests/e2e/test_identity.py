"""A decision on who is who, from the question to the next release."""

# Whatever counts or names businesses. An accumulating snapshot finds its later milestones by way of the business.
BY_BUSINESS = {
    "bridge_party_business", "dim_ikm", "bridge_ikm_product", "fct_programme_enrolment", "mart_maker_export_month",
    "mart_city_export_month", "mart_city_export_growth", "mart_city_ranking", "mart_growth_contribution",
    "mart_exporter_dynamics", "mart_ikm_share", "mart_programme_outcome"}


def hashes(manifest: dict) -> dict[str, tuple]:
    """Table -> the hashes of its files."""
    found: dict[str, list] = {}
    for file in manifest["files"]:
        if file["path"].startswith(("internal/facts/", "internal/tables/")):
            found.setdefault(file["path"].split("/")[2].removesuffix(".parquet"), []).append(file["sha256"])
    return {table: tuple(sorted(own)) for table, own in found.items()}


def test_an_accepted_pair_changes_what_is_by_business_and_no_fact(office_after_run):
    office = office_after_run
    before = office.manifest
    assert "Nothing changed" in office.lumbung("run")
    pair = office.data("identity", "review")[0]
    office.lumbung("identity", "review", "accept", pair["pair_id"], "--reason", "telephoned both")
    assert "Release" in office.lumbung("run")
    after = office.manifest
    changed = {table for table, own in hashes(after).items() if own != hashes(before)[table]}
    assert "bridge_party_business" in changed
    assert changed <= BY_BUSINESS
    assert after["identity"]["events_sha256"] != before["identity"]["events_sha256"]
    assert "Nothing changed" in office.lumbung("run")
    assert pair["pair_id"] not in {open_pair["pair_id"] for open_pair in office.data("identity", "review")}
