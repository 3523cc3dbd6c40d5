"""Reads a text with a student of the family recurrent-attention, symbol by symbol, by PyTorch or by ONNX Runtime, a round for
each line on standard input, and prints seconds of processor time and the log-probability of the symbols behind the prompt.

Usage: step_student.py torch|onnx CONFIG WEIGHTS TEXT. CONFIG is a student's config.json, WEIGHTS its weights as safetensors in
32 bits, TEXT a line of symbols, of which the first so many as the line before says are the prompt. A line on standard input says
how often to read. Both take one symbol and the state at a time, as the runtime does when it writes.
"""

import json
import math
import pathlib
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file


def rms(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


def unit(x):
    return x * torch.rsqrt(x.square().sum(-1, keepdim=True) + 1e-6)


class Step(torch.nn.Module):
    """One symbol, [1], and the state of each layer to log-probabilities, [alphabet], and the state behind it.

    A recurrence's state is the last positions, [kernel - 1, 2d], and h, [d]; an attention's the last positions, [kernel - 1, 3d],
    keys and values, [heads, time, d / heads], and how much was forgotten, [heads, time], as doubles.
    """

    def __init__(self, config, weights):
        super().__init__()
        self.layers = list(enumerate(config["layers"])) * config.get("repeats", 1)
        self.width = config["width"]
        for name, tensor in weights.items():
            self.register_buffer(name.replace(".", "_"), tensor)
        self.joined = {}
        for i, layer in enumerate(config["layers"]):
            kind, parts = (
                ("recurrence", ("candidate", "gate"))
                if layer["mixer"] == "recurrence"
                else ("attention", ("query", "key", "value"))
            )
            matrix = torch.cat([weights[f"layers.{i}.{kind}.{p}"] for p in parts], 1)
            self.register_buffer(f"joined_{i}", matrix)

    def w(self, name):
        return getattr(self, name.replace(".", "_"))

    def first(self):
        states = []
        for _, layer in self.layers:
            d, k = self.width, layer["kernel"]
            if layer["mixer"] == "recurrence":
                states += [torch.zeros(k - 1, 2 * d), torch.zeros(d)]
            else:
                h = layer["heads"]
                states += [torch.zeros(k - 1, 3 * d), torch.zeros(h, 0, d // h), torch.zeros(h, 0, d // h)]
                states += [torch.zeros(h, 0, dtype=torch.float64)]
        return states

    def recur(self, i, n, last, hidden):
        name, d = f"layers.{i}.recurrence.", self.width
        window = torch.cat((last, (n @ self.w(f"joined_{i}")).unsqueeze(0)))
        convolved = (window.flip(0) * self.w(name + "convolution")).sum(0)
        z = torch.sigmoid((convolved[d:] + self.w(name + "gate_bias")).clamp(max=8))
        hidden = hidden + z * (convolved[:d] - hidden)
        out = (hidden * F.silu(n @ self.w(name + "output_gate"))) @ self.w(name + "output")
        return out, [window[1:], hidden]

    def attend(self, i, layer, n, last, keys, values, forgotten):
        name, d, h = f"layers.{i}.attention.", self.width, layer["heads"]
        window = torch.cat((last, (n @ self.w(f"joined_{i}")).unsqueeze(0)))
        q, k, v = (window.flip(0) * self.w(name + "convolution")).sum(0).view(3, h, 1, d // h).unbind(0)
        keys, values = torch.cat((keys, unit(k)), 1), torch.cat((values, v), 1)
        scale = self.w(name + "scale").view(h, 1, 1)
        if layer["positions"] == "forget":
            kept = F.logsigmoid(n @ self.w(name + "forget") + self.w(name + "forget_bias")).double().unsqueeze(1)
            before = F.pad(forgotten, (1, 0))[:, -1:]
            forgotten = torch.cat((forgotten, before + kept), 1)
            bias = (forgotten[:, -1:] - forgotten).float().unsqueeze(1)
        else:
            scale = scale * torch.log(torch.ones(1) * keys.shape[1] + 15) / math.log(144)
            forgotten, bias = torch.cat((forgotten, torch.zeros(h, 1, dtype=torch.float64)), 1), 0
        scores = torch.softmax((unit(q) * scale) @ keys.transpose(1, 2) + bias, -1)
        return (scores @ values).reshape(d) @ self.w(name + "output"), [window[1:], keys, values, forgotten]

    def forward(self, symbol, *states):
        states, after = list(states), []
        x = self.w("embedding")[symbol].squeeze(0)
        for i, layer in self.layers:
            if layer["mixer"] == "recurrence":
                mixed, new = self.recur(i, rms(x), *states[:2])
                states = states[2:]
            else:
                mixed, new = self.attend(i, layer, rms(x), *states[:4])
                states = states[4:]
            x, after = x + mixed, after + new
            n = rms(x)
            name = f"layers.{i}.mlp."
            x = x + (F.silu(n @ self.w(name + "gate")) * (n @ self.w(name + "up"))) @ self.w(name + "down")
        logits = (rms(x) * self.w("norm")) @ self.w("embedding").t()
        return (torch.log_softmax(logits, -1), *after)


def by_torch(step):
    def read(symbol, states):
        log_probabilities, *after = step(torch.tensor([symbol]), *states)
        return log_probabilities, after

    return f"PyTorch {torch.__version__}", step.first, read


def by_onnx(step, directory):
    import onnxruntime

    path = directory / "step.onnx"
    first = step.first()
    names = [f"state_{i}" for i in range(len(first))]
    time_axis = torch.export.Dim("time", max=100_000)
    # An example of two positions, so that the length is not taken for a constant.
    example = first
    for symbol in (0, 1):
        _, *example = step(torch.tensor([symbol]), *example)
    shapes = [{1: time_axis} if state.shape[1:2] == (2,) and state.dim() > 1 else {} for state in example]
    torch.onnx.export(
        step,
        (torch.tensor([0]), *example),
        str(path),
        input_names=["symbol", *names],
        output_names=["log_probabilities", *(f"after_{i}" for i in range(len(first)))],
        dynamic_shapes={"symbol": {}, "states": tuple(shapes)},
        opset_version=18,
        dynamo=True,
        verbose=False,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options)

    def read(symbol, states):
        feeds = dict(zip(names, states))
        feeds["symbol"] = [symbol]
        log_probabilities, *after = session.run(None, feeds)
        return log_probabilities, after

    return f"ONNX Runtime {onnxruntime.__version__}", lambda: [state.numpy() for state in first], read


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    form, config_path, weights, text = sys.argv[1:]
    config = json.loads(pathlib.Path(config_path).read_text())
    step = Step(config, load_file(weights)).eval()
    prompt, line = pathlib.Path(text).read_text().splitlines()
    symbols = [int(symbol) for symbol in line.split()]
    with torch.inference_mode() if form == "torch" else torch.no_grad():
        made = by_torch(step) if form == "torch" else by_onnx(step, pathlib.Path(weights).parent)
        name, first, read = made
        print(name, flush=True)
        for line in sys.stdin:
            begun, total = time.process_time(), 0.0
            for _ in range(int(line)):
                states, total = first(), 0.0
                for i, symbol in enumerate(symbols):
                    log_probabilities, states = read(symbol, states)
                    if i >= int(prompt) - 1 and i + 1 < len(symbols):
                        total += float(log_probabilities[symbols[i + 1]])
            print(time.process_time() - begun, total, flush=True)


main()
