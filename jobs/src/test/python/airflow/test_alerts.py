"""An alert is sent, or it is not and fails nothing."""

import asyncio
import http.client
import json
import logging
import socketserver
import threading

import pytest

from retort_airflow import alerts


class Server:
    """What alerts are posted to: answers every connection with the same bytes, and keeps what was posted."""

    def __init__(self, answer: bytes):
        posted = self.posted = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.rfile.readline()
                headers = http.client.parse_headers(self.rfile)
                posted.append(json.loads(self.rfile.read(int(headers["Content-Length"]))))
                self.wfile.write(answer)

        self.server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/alerts"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def warnings(caplog):
    caplog.set_level(logging.WARNING, alerts.LOG.name)

    def said():
        return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]

    return said


def test_an_alert_is_posted_with_its_facts(monkeypatch, warnings):
    with Server(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n") as server:
        monkeypatch.setenv(alerts.URL, server.url)
        alerts.send("late", "a run is late", hours=24)
    assert server.posted == [{"event": "late", "text": "a run is late", "hours": 24}]
    assert warnings() == []


def test_a_late_run_is_named(monkeypatch):
    with Server(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n") as server:
        monkeypatch.setenv(alerts.URL, server.url)
        asyncio.run(alerts.late(dag="retort_teach", hours=24.0, context={"dag_run": {"dag_run_id": "manual__7"}}))
    text = "retort_teach: manual__7 is not done after 24 hours"
    assert server.posted == [{"event": "late", "text": text, "dag": "retort_teach", "run": "manual__7", "hours": 24.0}]


@pytest.mark.parametrize("answer", [b"HTTP/1.0 500 Broken\r\n\r\n", b"garbage\r\n", b""])
def test_a_server_that_answers_wrongly_fails_nothing(monkeypatch, warnings, answer):
    with Server(answer) as server:
        monkeypatch.setenv(alerts.URL, server.url)
        alerts.send("late", "a run is late")
    assert len(server.posted) == 1
    assert len(warnings()) == 1
    assert "could not be sent" in warnings()[0]


@pytest.mark.parametrize("url", ["example.org/alerts", "file:///etc/hostname", "http://[", "http://127.0.0.1:port/"])
def test_an_address_that_is_none_fails_nothing(monkeypatch, warnings, url):
    monkeypatch.setenv(alerts.URL, url)
    alerts.send("late", "a run is late")
    assert len(warnings()) == 1
    assert "could not be sent" in warnings()[0]
