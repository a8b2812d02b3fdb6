"""A mail server and a web server on this machine, and a home that sends them its alerts."""

import email
import http.server
import json
import os
import socket
import sys
import threading
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
    """What came, the oldest first: mails as email.message.EmailMessage, or the JSON of POSTs. It can refuse."""

    url: str = ""
    came: list = field(default_factory=list)
    refuses: bool = False


@pytest.fixture
def mail_server():
    post = Post()

    class Handler:
        async def handle_DATA(self, server, session, envelope):
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
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not post.refuses:
                post.came.append(said)
            self.send_response(500 if post.refuses else 200)
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
