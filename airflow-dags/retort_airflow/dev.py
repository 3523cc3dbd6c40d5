"""A whole Airflow on one machine, for trying the DAGs. All that it starts ends with it. bin/airflow-dev runs it."""

import argparse
import contextlib
import ctypes
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "airflow-dags"
# Tasks leave their logs in files, so that nothing need listen for those who ask for them.
SERVICES = {"api-server": [], "scheduler": ["--skip-serve-logs"], "dag-processor": [], "triggerer": ["--skip-serve-logs"]}
_SUBREAPER = 36
_STARTING_SECONDS = 600
_STOPPING_SECONDS = 20


def main():
    parser = argparse.ArgumentParser(prog="airflow-dev", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="of the UI and the API, on 127.0.0.1 (default: 8080)")
    parser.add_argument("--home", type=Path, default=ROOT / "airflow-home", help="what Airflow keeps (default: airflow-home)")
    parser.add_argument(
        "words",
        nargs=argparse.REMAINDER,
        metavar="COMMAND …",
        help="a command of Airflow's own, such as dags list, that is run in that home in place of the services",
    )
    options = parser.parse_args()
    home = options.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    environment = settings(home, options.port)
    if options.words:
        return subprocess.run(airflow(*options.words), env=environment, check=False).returncode
    alone = (home / "airflow-dev.lock").open("w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"airflow-dev: expected no other airflow-dev in {home}; --home names another", file=sys.stderr)
        return 2
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", options.port))
        except OSError:
            print(f"airflow-dev: expected port {options.port} to be free; --port names another", file=sys.stderr)
            return 2
    # Whatever a service leaves behind becomes a child of this process, so that it can be found and ended.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A shell that starts this in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        set_up(home, environment)
        return serve(home, options.port, environment)
    except KeyboardInterrupt:
        return 0
    finally:
        stop()


def set_up(home, environment):
    """Makes the database, the pools, and the DAGs in it, so that they are there as soon as anything answers."""
    for words in (["db", "migrate"], ["pools", "import", str(DAGS / "pools.json")], ["dags", "reserialize"]):
        with (home / "setup.log").open("a") as log:
            ended = subprocess.run(airflow(*words), env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
        if ended.returncode != 0:
            raise SystemExit(f"airflow-dev: airflow {words[0]} ended with {ended.returncode}; see {home}/setup.log")


def settings(home, port):
    """The environment of every service."""
    users = home / "passwords.json"
    if not users.exists():
        users.touch(mode=0o600)
        users.write_text(json.dumps({"admin": secrets.token_urlsafe(12)}))
    secret = home / "jwt-secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(32))
    master = os.environ.get("RETORT_SPARK_MASTER", "local[2]")
    return os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # Six processes write into one SQLite; on a busy machine they wait for each other for longer than its five seconds.
        # What waiting does not cure is in sqlite/airflow_local_settings.py.
        "PYTHONPATH": os.pathsep.join(map(str, (DAGS / "retort_airflow" / "sqlite", DAGS))),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db?timeout=120",
        # How often it is looked for tasks of a scheduler that was killed; they are tried again.
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(users),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API_AUTH__JWT_SECRET": secret.read_text(),
        "AIRFLOW_CONN_RETORT_SPARK": json.dumps({"conn_type": "spark", "host": master}),
        "SPARK_LOCAL_IP": os.environ.get("SPARK_LOCAL_IP", "127.0.0.1"),
        "OMP_NUM_THREADS": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


def airflow(*words):
    return [str(Path(sys.executable).parent / "airflow"), *words]


def serve(home, port, environment):
    """Starts the services and waits until one of them ends, which none should."""
    services = {}
    for name, words in SERVICES.items():
        log = (home / f"{name}.log").open("a")
        # Of its own group: a Ctrl-C of the terminal comes to this process alone, which stops them in order.
        services[name] = subprocess.Popen(
            airflow(name, *words), env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        log.close()
        if name == "api-server":
            await_answer(f"http://127.0.0.1:{port}/api/v2/monitor/health", services[name], home / f"{name}.log")
    password = json.loads((home / "passwords.json").read_text())["admin"]
    print(f"Airflow is at http://127.0.0.1:{port}, user admin, password {password}")
    print(f"Logs are in {home}; Ctrl-C stops everything.", flush=True)
    while True:
        for name, service in services.items():
            if service.poll() is not None:
                print(f"airflow-dev: {name} ended with {service.returncode}; see {home}/{name}.log", file=sys.stderr)
                return 3
        time.sleep(1)


def await_answer(url, service, log):
    end = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < end and service.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.5)
    raise SystemExit(f"airflow-dev: expected an answer of {url}, found none; see {log}")


def stop():
    """Asks all descendants to end, jobs too, which keep what they have done; then ends those that did not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("airflow-dev: stopping", flush=True)
    descendants = psutil.Process().children(recursive=True)
    for process in descendants:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    psutil.wait_procs(descendants, timeout=_STOPPING_SECONDS)
    while left := psutil.Process().children(recursive=True):
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=5)


if __name__ == "__main__":
    sys.exit(main())
