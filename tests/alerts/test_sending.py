"""An alert reaches the log, the file and each channel once; a channel that fails harms nothing and is asked again."""

import logging
import stat

import pytest

from lumbung.alerts import Alert, ask_channels, latest, send
from lumbung.lake.home import Home


def alert(key: str = "run-1 marts", **more) -> Alert:
    return Alert(**{"kind": "gate_failed", "keys": (key,), "subject": f"Lumbung: pemeriksaan gagal ({key})",
                    "what": f"Gate marts failed in {key}.", "where": "fct_export_item", "todo": "lumbung run",
                    "details": ("- fct_export_item: keys_unique, 2 rows.",), **more})


def lines(home: Home, event: str) -> int:
    return sum(f'"event": "{event}"' in line for path in home.alerts.glob("*.jsonl")
               for line in path.read_text().splitlines())


@pytest.fixture
def both(channels, mail_server, web_server):
    channels(mail_server, web_server)
    return mail_server, web_server


def test_an_alert_reaches_log_file_mail_and_webhook(home, both, caplog):
    mails, posts = both
    send(home, alert())
    assert "Gate marts failed in run-1 marts. (fct_export_item) -> lumbung run" in caplog.text
    [mail], [post], [kept] = mails.came, posts.came, latest(home, 5)
    assert mail["subject"] == post["title"] == kept["subject"] == "Lumbung: pemeriksaan gagal (run-1 marts)"
    assert mail["to"].endswith("petugas@contoh.id")
    for text in (mail.get_body(("plain",)).get_content(), post["message"], kept["body"]):
        for said in ("Gate marts failed", "keys_unique, 2 rows", "Where: fct_export_item", "Do:    lumbung run"):
            assert said in text.replace("\r\n", "\n")
    assert post["type"] == "failure"
    assert lines(home, "delivered") == 2


def test_an_alert_is_told_once(home, both):
    send(home, alert())
    send(home, alert(), alert("run-2 marts"))
    assert [post["title"][-12:] for post in both[1].came] == ["(run-1 marts)"[-12:], "(run-2 marts)"[-12:]]
    assert len(both[0].came) == len(latest(home, 9)) == 2


def test_several_alerts_are_one_message(home, both):
    send(home, alert("a"), alert("b", kind="feed_late"))
    [mail] = both[0].came
    assert mail["subject"] == "Lumbung: 2 peringatan"
    assert "failed in a." in mail.get_body(("plain",)).get_content()
    assert "failed in b." in mail.get_body(("plain",)).get_content()


def test_a_channel_that_fails_is_asked_again_with_the_next_alert(home, both, caplog):
    mails, posts = both
    mails.refuses = posts.refuses = True
    send(home, alert())
    assert (mails.came, posts.came, lines(home, "failed")) == ([], [], 2)
    assert caplog.text.count("did not take 1 alerts") == 2
    mails.refuses = posts.refuses = False
    send(home)
    send(home)
    assert len(mails.came) == len(posts.came) == 1
    assert posts.came[0]["title"] == "Lumbung: pemeriksaan gagal (run-1 marts)"


def test_a_channel_that_is_not_there_or_none_at_all_harms_nothing(home, monkeypatch, web_server):
    monkeypatch.setenv("LUMBUNG_ALERTS", f"json://127.0.0.1:1/x nonsense://a {web_server.url}")
    send(home, alert())
    assert len(web_server.came) == 1
    assert lines(home, "failed") == 2


def test_secrets_of_channels_stand_nowhere(home, both, caplog, capfd):
    for post in both:
        post.refuses = True
    with caplog.at_level(logging.DEBUG):
        send(home, alert())
        asked = ask_channels(home)
    kept = "".join(path.read_text() for path in home.alerts.glob("*.jsonl"))
    logged = [record.getMessage() for record in caplog.records       # mail.log is the test's own server
              if record.name != "mail.log" and logging.getLogger(record.name).propagate]
    said = kept + repr(asked) + repr(logged) + "".join(capfd.readouterr())
    assert "did not take 1 alerts" in said
    assert "sangat-rahasia" not in said
    assert "petugas@contoh.id" not in said
    assert all(one["problem"] for one in asked)


def test_a_file_that_cannot_be_written_stops_nothing(home, caplog):
    home.alerts.write_text("a file where the folder should be")
    send(home, alert())
    assert "could not be made or kept" in caplog.text


def test_a_line_that_a_crash_cut_short_is_passed_over(home):
    send(home, alert("a"))
    [path] = home.alerts.glob("*.jsonl")
    with path.open("a") as file:
        file.write('{"event": "alert", "kin')
    send(home, alert("b"))
    assert [one["keys"] for one in latest(home, 5)] == [["a"], ["b"]]
    assert stat.S_IMODE(home.alerts.stat().st_mode) == 0o750


def test_a_name_of_a_file_cannot_pass_for_a_line_of_the_log_or_a_header(home, both, caplog):
    send(home, alert(where="peb/a\nERROR forged\x1b[2J", subject="Lumbung: (a\r\nBcc: lain@contoh.id)"))
    assert "(peb/a?ERROR forged?[2J)" in caplog.text
    assert both[0].came[0]["bcc"] is None


def test_made_up_rows_call_nobody(home, both):
    send(home, alert(is_made_up=True))
    assert len(latest(home, 5)) == 1
    assert both[0].came == both[1].came == []


def test_another_home_than_the_configured_one_calls_nobody(tmp_path, both, home):
    rebuilt = Home(tmp_path / "rebuilt").make()
    send(rebuilt, alert())
    assert len(latest(rebuilt, 5)) == 1
    assert both[0].came == []
