"""An alert reaches the log, the file and each channel once; a channel that fails harms nothing and is asked again."""

import fcntl
import json
import logging
import os
import socket
import stat
import time
from datetime import UTC, datetime, timedelta

import pytest
from kept_file import earlier, write

from lumbung.alerts import Alert, ask_channels, handed_over_later, latest, send
from lumbung.alerts.asking import ask
from lumbung.alerts.channels import Channel
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
    assert mails.tries == posts.tries == 1
    mails.refuses = posts.refuses = False
    send(home)
    assert mails.tries == posts.tries == 1       # it failed just now
    earlier(home, minutes=11)
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


def test_a_file_that_cannot_be_written_keeps_an_alert_from_neither_log_nor_channel(home, both, caplog):
    home.alerts.write_text("a file where the folder should be")
    send(home, alert())
    assert "Gate marts failed in run-1 marts. (fct_export_item) -> lumbung run" in caplog.text
    assert [post["title"] for post in both[1].came] == ["Lumbung: pemeriksaan gagal (run-1 marts)"]
    assert len(both[0].came) == 1


@pytest.mark.parametrize("damage", ['{"event": "alert", "kin', '{"event": "alert", "what": "x {a}\n', "[1]\n", "{}\n"])
def test_a_damaged_line_is_passed_over(home, both, damage):
    send(home, alert("a"))
    [path] = home.alerts.glob("*.jsonl")
    with path.open("a") as file:
        file.write(damage)
    send(home, alert("b"))
    assert len(both[1].came) == 2
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
    send(home, alert())
    assert len(both[0].came) == len(both[1].came) == 1
    send(home, alert(is_made_up=True))
    assert len(latest(home, 5)) == 2


def test_another_home_than_the_configured_one_calls_nobody(tmp_path, both, home):
    rebuilt = Home(tmp_path / "rebuilt").make()
    send(rebuilt, alert())
    assert len(latest(rebuilt, 5)) == 1
    assert both[0].came == []


def test_a_dead_server_costs_seconds_and_the_others_have_their_message(web_server):
    message = [{"alert_id": "a", "kind": "feed_late", "subject": "Lumbung", "body": "late"}]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dead = Channel(f"mailto://127.0.0.1:{silent.getsockname()[1]}?from=a@b.id&to=c@d.id&mode=insecure")
        began = time.monotonic()
        asked = ask({dead: message, Channel(web_server.url): message}, limit_seconds=2)
        assert time.monotonic() - began < 4
    assert [(one.taken, bool(one.problem)) for one in asked] == [([], True), (["a"], False)]


def test_nobody_waits_for_a_channel_to_write_an_alert_down(home, channels, web_server):
    channels(web_server)
    free = []

    def meanwhile():
        handle = os.open(home.alerts, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        free.append(len(latest(home, 9)))

    web_server.meanwhile = meanwhile
    send(home, alert())
    assert free == [1]


def test_channels_can_be_asked_at_the_end_of_what_makes_alerts(home, both):
    with handed_over_later(home):
        send(home, alert("a"))
        send(home, alert("b"))
        assert (len(latest(home, 9)), both[0].tries) == (2, 0)
    assert [post["title"] for post in both[1].came] == ["Lumbung: 2 peringatan"]


def test_an_alert_that_a_channel_cannot_take_keeps_no_other_from_it(home, channels, web_server):
    channels(web_server)
    web_server.refuses = True
    send(home, alert("old", kind="feed_late"))
    earlier(home, minutes=11)
    web_server.refuses, web_server.most_bytes = False, 2_000
    send(home, alert("big", details=("x" * 3_000,)))
    earlier(home, minutes=11)
    send(home, alert("new"))
    assert [post["title"][-5:] for post in web_server.came] == ["(new)", "(old)"]
    assert (lines(home, "failed"), lines(home, "delivered")) == (3, 1)
    send(home, alert("next"))
    assert web_server.came[-1]["title"].endswith("(next)")


def test_many_alerts_are_no_long_message(home, both):
    send(home, *(alert(f"{number}", kind="feed_late", details=("x" * 900,)) for number in range(99)))
    [mail], [post] = both[0].came, both[1].came
    assert mail["subject"] == post["title"] == "Lumbung: 99 peringatan"
    assert len(post["message"]) < 10_000


def test_a_channel_that_is_configured_later_has_no_old_alerts(home, channels, mail_server, web_server):
    channels(mail_server)
    mail_server.refuses = True
    send(home, alert("a"))
    channels(web_server)
    send(home, alert("b"))
    assert [post["title"][-3:] for post in web_server.came] == ["(b)"]


def test_an_alert_whose_process_died_while_it_asked_is_handed_over_by_another(home, channels, web_server):
    channels(web_server)
    send(home, alert())
    [path] = home.alerts.glob("*.jsonl")
    write(path, [line for line in map(json.loads, path.read_text().splitlines()) if line["event"] != "delivered"])
    send(home)
    assert web_server.tries == 1
    earlier(home, minutes=2)
    send(home)
    assert web_server.tries == 2


def test_what_stands_in_the_files_of_long_ago_is_not_read(home):
    send(home, alert("a", kind="load_held"))
    [path] = home.alerts.glob("*.jsonl")
    path.rename(path.with_name(f"{datetime.now(UTC) - timedelta(days=401):%Y-%m-%d}.jsonl"))
    assert latest(home, 9) == []


@pytest.mark.parametrize(("url", "kind"), [
    ("mailtos://u:p@smtp.dinas.go.id?to=a@b.id", "mailtos-"), ("SANDI2@smtp.dinas.go.id:587?to=a@b.id", "unknown-"),
    ("hook.dinas.go.id/RAHASIA", "unknown-"), ("rahasia:x", "unknown-")])
def test_only_a_scheme_is_shown_of_a_channel(url, kind):
    channel = Channel(url)
    assert channel.name[:-8] == kind
    if kind == "unknown-":
        said = channel.take("subject", "body", is_failure=False)
        assert said
        assert not {"RAHASIA", "SANDI2", "rahasia"} & set(said.replace("@", "/").split("/"))
