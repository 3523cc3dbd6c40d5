"""The loader of bundles in MLflow, with a process in place of Java that is slow, talks much or dies when it is told to."""

import gc
import importlib.util
import os
import signal
import stat
import sys
import tempfile
import textwrap
import threading
import unittest
from pathlib import Path

import pandas

LOADER = Path(__file__).parents[3] / "main/resources/io/retort/jobs/mlflow/retort_bundle.py"
# Answers with the prompt, after doing what the prompt says.
PROCESS = """\
    import json, os, sys, time
    if os.path.exists(sys.argv[-1] + "/broken"):
        sys.exit("no bundle here")
    print(json.dumps({"ready": "fake 1.0.0"}), flush=True)
    for line in sys.stdin:
        prompt = json.loads(line)["prompt"]
        if prompt == "slow":
            time.sleep(1)
        if prompt == "talk":
            sys.stderr.write("word " * 2_000_000)
            sys.stderr.flush()
        if prompt == "die":
            sys.exit("I was told to")
        if prompt == "half":
            print('{"text": "ha', end="", flush=True)
            sys.exit("in the middle")
        print(json.dumps({"text": prompt, "experts": [{"id": "math"}], "confidence": 1}), flush=True)
    """


class Interrupted(BaseException):
    """What Ctrl-C is to Python: no Exception."""


class BundleModelTest(unittest.TestCase):
    def setUp(self):
        self._directory = tempfile.TemporaryDirectory()
        self.addCleanup(self._directory.cleanup)
        self.home = Path(self._directory.name)
        java = self.home / "bin/java"
        java.parent.mkdir()
        java.write_text(f"#!{sys.executable}\n" + textwrap.dedent(PROCESS))
        java.chmod(java.stat().st_mode | stat.S_IXUSR)
        before = os.environ.get("JAVA_HOME")
        os.environ["JAVA_HOME"] = str(self.home)
        self.addCleanup(lambda: os.environ.__setitem__("JAVA_HOME", before or ""))
        spec = importlib.util.spec_from_file_location("retort_bundle", LOADER)
        self.loader = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.loader)
        self.bundle = self.home / "bundle"
        self.bundle.mkdir()

    def open(self):
        model = self.loader._load_pyfunc(str(self.home))
        self.addCleanup(model.close)
        return model

    def answers(self, model, *prompts):
        return list(model.predict(pandas.DataFrame({"prompt": prompts}))["answer"])

    def test_every_question_has_its_own_answer(self):
        self.assertEqual(["a", "b", ""], self.answers(self.open(), "a", "b", ""))

    def test_after_an_interrupt_between_question_and_answer_the_next_answer_is_the_next_questions(self):
        model = self.open()

        def interrupt(*_):
            raise Interrupted

        before = signal.signal(signal.SIGALRM, interrupt)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        for _ in range(3):
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with self.assertRaises(Interrupted):
                self.answers(model, "slow")
            self.assertEqual(["next"], self.answers(model, "next"))

    def test_threads_take_turns_and_each_has_its_own_answer(self):
        model = self.open()
        wrong = []

        def ask(number):
            for i in range(50):
                said = self.answers(model, f"{number} {i}")
                if said != [f"{number} {i}"]:
                    wrong.append((number, i, said))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], wrong)

    def test_a_process_that_died_is_started_again_and_leaves_no_pipe_open(self):
        model = self.open()
        self.answers(model, "a")
        gc.collect()
        gc.disable()
        self.addCleanup(gc.enable)
        open_before = len(os.listdir("/proc/self/fd"))
        for prompt, said in [("die", "I was told to"), ("half", "in the middle"), ("die", "I was told to")]:
            with self.assertRaisesRegex(RuntimeError, "the Java process has ended: " + said):
                self.answers(model, prompt)
            self.assertEqual(["again"], self.answers(model, "again"))
        self.assertEqual(open_before, len(os.listdir("/proc/self/fd")))

    def test_what_the_process_says_is_kept_up_to_a_bound(self):
        model = self.open()
        self.answers(model, "talk", "talk")
        with self.assertRaises(RuntimeError) as ended:
            self.answers(model, "die")
        self.assertLess(len(str(ended.exception)), 70_000)
        self.assertIn("I was told to", str(ended.exception))

    def test_a_bundle_that_does_not_open_is_an_error_that_says_why(self):
        (self.bundle / "broken").touch()
        with self.assertRaisesRegex(RuntimeError, "no bundle here"):
            self.open()


if __name__ == "__main__":
    unittest.main()
