"""Answers prompts from a Retort bundle: MLflow's side of a Java process that is kept while the model is loaded.

The process is started with the model and speaks lines of JSON over its pipes; it ends when they are closed. Needs a Java
runtime of version 17 or newer, from JAVA_HOME or PATH.
"""

import atexit
import json
import os
import shutil
import subprocess
import threading

import pandas

JAR = "retort-inference.jar"
BUNDLE = "bundle"


class BundleModel:
    """A bundle that is open. Safe for use by many threads, which take turns."""

    def __init__(self, directory):
        self._command = [_java(), "-Xshare:auto", "-jar", os.path.join(directory, JAR),
                         "lines", "--bundle", os.path.join(directory, BUNDLE)]
        self._lock = threading.Lock()
        self._process = None
        atexit.register(self.close)
        with self._lock:
            self._start()

    def _start(self):
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if not self._process.stdout.readline():
            said = self._process.stderr.read().decode("utf-8", "replace").strip()
            self.close()
            raise RuntimeError(f"expected the bundle to open, found: {said}")
        # What is not read would fill the pipe some day and stop the process.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()

    def close(self):
        """Ends the process."""
        process, self._process = self._process, None
        if process is not None:
            process.stdin.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    def _ask(self, request):
        line = json.dumps(request).encode("ascii") + b"\n"
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            self._process.stdin.write(line)
            self._process.stdin.flush()
            answered = self._process.stdout.readline()
        if not answered:
            raise RuntimeError("expected an answer, found that the Java process has ended")
        return json.loads(answered)

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
            rows.append({
                "answer": written.decode("utf-8", "replace"),
                "answer_hex": written.hex(),
                "expert": answer["experts"][0]["id"],
                "confidence": float(answer["confidence"]),
            })
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
