"""Answers prompts from a Retort bundle: MLflow's side of a Java process that is kept while the model is loaded.

The process is started with the model and speaks lines of JSON over its pipes; it ends when they are closed. Needs a Java
runtime of version 17 or newer, from JAVA_HOME or PATH.
"""

import atexit
import collections
import contextlib
import json
import os
import shutil
import subprocess
import threading

import pandas

JAR = "retort-inference.jar"
BUNDLE = "bundle"
SAID_BYTES = 1 << 16


class _Answerer:
    """The Java process."""

    def __init__(self, command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # The last of what it says. What is not read would fill the pipe some day and stop the process.
        self._said = collections.deque(maxlen=SAID_BYTES)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with self._process.stderr as said:
            for part in iter(lambda: said.read1(1 << 12), b""):
                self._said.extend(part)

    def next_line(self):
        """What it answers next."""
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self.kill()
            said = bytes(self._said).decode("utf-8", "replace").strip()
            raise RuntimeError(f"expected an answer, found that the Java process has ended: {said}")
        return line

    def ask(self, line):
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except BrokenPipeError:
            # It has ended; what it said is in what is read next.
            pass
        return self.next_line()

    def alive(self):
        return self._process.poll() is None

    def close(self):
        """Ends it in order."""
        try:
            self._process.stdin.close()
            self._process.wait(timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self):
        """Ends it at once and leaves no pipe open."""
        self._process.kill()
        self._process.wait()
        # Closing sends what was not sent yet.
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._reader.join(timeout=10)


class BundleModel:
    """A bundle that is open. Safe for use by many threads, which take turns."""

    def __init__(self, directory):
        self._command = [
            _java(),
            "-Xshare:auto",
            "-jar",
            os.path.join(directory, JAR),
            "lines",
            "--bundle",
            os.path.join(directory, BUNDLE),
        ]
        self._lock = threading.Lock()
        self._idle = None
        atexit.register(self.close)
        with self._lock:
            self._idle = self._started()

    def _started(self):
        answerer = _Answerer(self._command)
        try:
            answerer.next_line()
        except BaseException:
            answerer.kill()
            raise
        return answerer

    def close(self):
        """Ends the process."""
        answerer, self._idle = self._idle, None
        if answerer is not None:
            answerer.close()

    def _ask(self, request):
        line = json.dumps(request).encode("ascii") + b"\n"
        with self._lock:
            # A process is idle only when all that it was asked is answered: whatever ends a question early, be it Ctrl-C,
            # leaves none, so that no answer is taken for another question's.
            answerer, self._idle = self._idle, None
            if answerer is not None and not answerer.alive():
                answerer.kill()
                answerer = None
            if answerer is None:
                answerer = self._started()
            try:
                answered = json.loads(answerer.ask(line))
            except BaseException:
                answerer.kill()
                raise
            self._idle = answerer
        return answered

    def predict(self, model_input, params=None):
        """One row for each prompt: the answer as text and its exact bytes in hex, the expert with the largest weight, and how
        sure the router was."""
        options = {"maxBytes": "max_bytes", "temperature": "temperature", "seed": "seed"}
        params = params or {}
        rows = []
        for prompt in model_input["prompt"]:
            request = {"prompt": str(prompt)}
            request.update({name: params[given] for name, given in options.items() if given in params})
            answer = self._ask(request)
            if "error" in answer:
                raise ValueError(answer["error"])
            written = _bytes(answer)
            rows.append(
                {
                    "answer": written.decode("utf-8", "replace"),
                    "answer_hex": written.hex(),
                    "expert": answer["experts"][0]["id"],
                    "confidence": float(answer["confidence"]),
                }
            )
        return pandas.DataFrame(rows, columns=["answer", "answer_hex", "expert", "confidence"])


def _bytes(answer):
    """The answer as it was written, which need not be UTF-8."""
    return answer["text"].encode("utf-8") if "text" in answer else bytes.fromhex(answer["hex"])


def _java():
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not java or not os.path.exists(java):
        raise RuntimeError("expected a Java runtime 17 or newer on PATH or in JAVA_HOME, found none")
    return java


def _load_pyfunc(path):
    """MLflow's entry point."""
    return BundleModel(path)
