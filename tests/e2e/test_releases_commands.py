"""What is done with releases, by the commands an engineer has."""


def test_a_release_is_published_listed_kept_and_built_again(office_after_run, tmp_path):
    office = office_after_run
    [before] = office.data("releases")
    release_id = before["release_id"]
    assert (before["is_current"], before["published_at"]) == (True, None)
    assert "needs a reason" in office.lumbung("releases", "publish", release_id, "--reason", " ", fails=True)
    assert "is marked published" in office.lumbung("releases", "publish", release_id, "--reason", "Rilis")
    assert office.data("releases")[0]["published_at"]
    assert "is whole" in office.lumbung("verify")
    assert "No release is to be removed" in office.lumbung("releases", "prune", "--keep", "1", "--yes")
    told = office.lumbung("restate", "--from", "2023-01", "--to", "2023-06", "--reason", "diperiksa")
    assert "Nothing changed" in told
    assert "no release" in told
    assert "not restated" in office.lumbung("restate", "--from", "2023-01", "--to", "2023-06", "--reason", "x",
                                            "--feed", "kmk", fails=True)
    rebuilt = office.data("rebuild", release_id, "--into", str(tmp_path / "again"))
    assert (rebuilt["is_same"], rebuilt["different"]) == (True, [])
    assert (tmp_path / "again" / "releases" / release_id / "manifest.json").is_file()
    assert [r["release_id"] for r in office.data("releases")] == [release_id]
