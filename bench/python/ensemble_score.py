"""Scores the choices of a task with all experts of a bundle by PyTorch, a document at a time and its choices as a batch, as
evaluation loops over transformers do. What the experts say is mixed by their posterior weights, which begin equal.

Usage: ensemble_score.py BUNDLE TASKS. A line on standard input says how many documents to score; each gives seconds of the clock
and the share that was right. The examples before a document are the first five: how long the texts are is what counts.
"""

import json
import pathlib
import sys
import time

import torch
import train_student as student
from safetensors.torch import load_file


def weights_of(path):
    """Tensors as floats; a matrix of 8 bits has a scale for each of its rows or columns beside it."""
    stored = load_file(path)
    floats = {}
    for name, tensor in stored.items():
        if name.endswith("_scale") and name.rsplit(".", 1)[0] in stored:
            continue
        value = tensor.float()
        if tensor.dtype == torch.int8:
            row = stored.get(name + ".row_scale")
            value = value * (row.float().unsqueeze(1) if row is not None else stored[name + ".column_scale"].float())
        floats[name] = value
    return floats


def symbols_of(text):
    return [95 if c == "\n" else ord(c) - 32 for c in text]


def score(experts, context, choices):
    texts = [symbols_of(context + choice) for choice in choices]
    symbols, targets, _ = student.padded(texts, 97)
    begun = torch.arange(symbols.shape[1]) < len(context)
    ended = torch.arange(symbols.shape[1]) < torch.tensor([len(text) for text in texts]).unsqueeze(1)
    read = []
    for config, weights in experts:
        likelihoods = -student.losses_of(weights, config, symbols, targets)
        read.append(torch.stack([(likelihoods * begun).sum(1), (likelihoods * ended).sum(1)]))
    before, whole = torch.logsumexp(torch.stack(read), 0)
    return (whole - before).tolist()


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    bundle, tasks = map(pathlib.Path, sys.argv[1:])
    experts = []
    for path in sorted((bundle / "experts").glob("*.json")):
        experts.append((json.loads(path.read_text()), weights_of(path.with_suffix(".safetensors"))))
    examples = [json.loads(line) for line in (tasks / "examples.jsonl").read_text().splitlines()[:5]]
    shots = "".join(f"{e['q']}\n{e['choices'][e['gold']]}\n" for e in examples)
    documents = [json.loads(line) for line in (tasks / "sums.jsonl").read_text().splitlines()]
    with torch.inference_mode():
        score(experts, shots + documents[0]["q"], documents[0]["choices"])
        print(f"PyTorch {torch.__version__}", flush=True)
        for line in sys.stdin:
            begun, right = time.perf_counter(), 0
            for document in documents[: int(line)]:
                scores = score(experts, shots + document["q"] + "\n", document["choices"])
                right += scores.index(max(scores)) == document["gold"]
            print(time.perf_counter() - begun, right / int(line), flush=True)


main()
