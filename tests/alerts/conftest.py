"""A mail server and a web server on this machine, and a home that sends them its alerts."""

import email
import http.server
import json
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from lumbung.lake.home import Home

for folder in ("deliveries", "gates"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / folder))

SECRET = "sangat-rahasia"


@dataclass
class Post:
    """What came, the oldest first: mails as email.message.EmailMessage, or the JSON of POSTs. It can refuse.

    `tries` counts what was offered; of a web server, `most_bytes` is what it takes, `meanwhile` what it does first.
    """

    url: str = ""
    came: list = field(default_factory=list)
    refuses: bool = False
    tries: int = 0
    most_bytes: int = 1_000_000
    meanwhile: Callable[[], None] = lambda: None


@pytest.fixture
def mail_server():
    post = Post()

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            post.tries += 1
            if post.refuses:
                return "554 Transaction failed"
            post.came.append(email.message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    post.url = f"mailto://127.0.0.1:{port}?from=lumbung@contoh.id&to=petugas@contoh.id&mode=insecure"
    yield post
    server.stop()


@pytest.fixture
def web_server():
    post = Post()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            said = json.loads(self.rfile.read(length))
            post.tries += 1
            post.meanwhile()
            refuses = post.refuses or length > post.most_bytes
            if not refuses:
                post.came.append(said)
            self.send_response(500 if refuses else 200)
            self.end_headers()

        def log_message(self, *said):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    post.url = f"json://lumbung:{SECRET}@127.0.0.1:{server.server_port}/hook/{SECRET}"
    yield post
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    made = Home(tmp_path / "home").make()
    monkeypatch.setenv("LUMBUNG_HOME", str(made.root))
    monkeypatch.delenv("LUMBUNG_ALERTS", raising=False)
    return made


@pytest.fixture
def channels(monkeypatch):
    def configure(*posts: Post) -> None:
        monkeypatch.setitem(os.environ, "LUMBUNG_ALERTS", " ".join(post.url for post in posts))
    return configure
