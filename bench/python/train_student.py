"""Trains a student of the family recurrent-attention with PyTorch, a round for each line on standard input, and prints
seconds of processor time and the loss of the first update.

Usage: train_student.py CONFIG WEIGHTS DOCUMENTS. CONFIG is a student's config.json, WEIGHTS its first weights as
safetensors, DOCUMENTS has a line of symbols for each document, to which position 0 reads the last symbol of the alphabet.
All documents are one batch, so that every update sees the same. A line on standard input says how many updates to make.
Matrices are trained by Muon in batches of one shape, the rest by fused AdamW.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

CHUNK = 8
STEP = 32


def rms(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


def unit(x):
    return x * torch.rsqrt(x.square().sum(-1, keepdim=True) + 1e-6)


def conv(x, kernel):
    shifts, channels = kernel.shape
    image = F.pad(x.transpose(1, 2), (shifts - 1, 0))
    return F.conv1d(image, kernel.flip(0).t().unsqueeze(1), groups=channels).transpose(1, 2)


def scan(log_factors, inputs):
    """h_t = a_t h_{t-1} + u_t: within chunks by running sums, between chunks by doubling."""
    batch, length, channels = inputs.shape
    chunks = length // CHUNK
    logs = log_factors.view(batch, chunks, CHUNK, channels).cumsum(2)
    products = logs.exp()
    local = (inputs.view(batch, chunks, CHUNK, channels) * (-logs).exp()).cumsum(2) * products
    if chunks == 1:
        return local.view(batch, length, channels)
    factors, states = products[:, :, -1], local[:, :, -1]
    stride = 1
    while stride < chunks:
        reached = states[:, :-stride] * factors[:, stride:]
        states = torch.cat((states[:, :stride], states[:, stride:] + reached), 1)
        if 2 * stride < chunks:
            factors = torch.cat((factors[:, :stride], factors[:, :-stride] * factors[:, stride:]), 1)
        stride *= 2
    before = F.pad(states[:, :-1], (0, 0, 1, 0)).unsqueeze(2)
    return (products * before + local).view(batch, length, channels)


def recur(w, name, x):
    width = x.shape[-1]
    joined = torch.cat([w[name + p] for p in ("candidate", "gate", "output_gate")], 1)
    projected = x @ joined
    convolved = conv(projected[..., : 2 * width], w[name + "convolution"])
    gate = (convolved[..., width:] + w[name + "gate_bias"]).clamp(max=8)
    hidden = scan(F.logsigmoid(-gate), torch.sigmoid(gate) * convolved[..., :width])
    return (hidden * F.silu(projected[..., 2 * width :])) @ w[name + "output"]


def attend(w, name, layer, x):
    batch, length, width = x.shape
    heads = layer["heads"]
    joined = torch.cat([w[name + p] for p in ("query", "key", "value")], 1)
    q, k, v = conv(x @ joined, w[name + "convolution"]).view(batch, length, 3, heads, width // heads).unbind(2)
    q, k = unit(q), unit(k)
    scale = w[name + "scale"].view(1, 1, heads, 1)
    if layer["positions"] == "forget":
        forgotten = F.logsigmoid(x @ w[name + "forget"] + w[name + "forget_bias"]).cumsum(1).unsqueeze(-1)
        q = torch.cat((q * scale, torch.ones_like(forgotten)), 3)
        k = torch.cat((k, -forgotten), 3)
    else:
        times = torch.arange(length, dtype=torch.float32)
        q = q * scale * (torch.log(times + 16) / math.log(144)).view(1, length, 1, 1)
    mixed = F.scaled_dot_product_attention(
        q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), is_causal=True, scale=1.0
    )
    return mixed.transpose(1, 2).reshape(batch, length, width) @ w[name + "output"]


def losses_of(w, config, symbols, targets):
    """Nats of each target, [batch, length]."""
    x = F.embedding(symbols, w["embedding"])
    for i, layer in list(enumerate(config["layers"])) * config.get("repeats", 1):
        name = f"layers.{i}."
        if layer["mixer"] == "recurrence":
            x = x + recur(w, name + "recurrence.", rms(x))
        else:
            x = x + attend(w, name + "attention.", layer, rms(x))
        n = rms(x)
        x = x + (F.silu(n @ w[name + "mlp.gate"]) * (n @ w[name + "mlp.up"])) @ w[name + "mlp.down"]
    logits = (rms(x) * w["norm"]) @ w["embedding"].t()
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)


def loss_of(w, config, symbols, targets, weights):
    return (losses_of(w, config, symbols, targets) * weights).sum()


def orthogonal(x):
    tall = x.shape[-2] > x.shape[-1]
    x = x.transpose(-1, -2) if tall else x
    x = x / (x.flatten(1).norm(dim=1).view(-1, 1, 1) + 1e-7)
    for _ in range(5):
        a = x @ x.transpose(-1, -2)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return x.transpose(-1, -2) if tall else x


class Muon:
    def __init__(self, matrices):
        self.groups = {}
        for matrix in matrices:
            self.groups.setdefault(tuple(matrix.shape), []).append(matrix)
        self.momenta = {shape: torch.zeros(len(group), *shape) for shape, group in self.groups.items()}

    @torch.no_grad()
    def step(self, factor):
        for shape, group in self.groups.items():
            gradient = torch.stack([matrix.grad for matrix in group])
            momentum = self.momenta[shape]
            momentum.lerp_(gradient, 0.05)
            change = orthogonal(gradient.lerp(momentum, 0.95)) * max(1, shape[1] / shape[0]) ** 0.5
            torch._foreach_mul_(group, 1 - 0.02 * factor * 0.01)
            torch._foreach_add_(group, list(change.unbind(0)), alpha=-0.02 * factor)


def is_matrix(name):
    last = name.rsplit(".", 1)[-1]
    return last in ("candidate", "gate", "output_gate", "output", "query", "key", "value", "up", "down")


def train(first, config, batch, steps):
    w = {name: tensor.clone().requires_grad_() for name, tensor in first.items()}
    muon = Muon([tensor for name, tensor in w.items() if is_matrix(name)])
    rest = [tensor for name, tensor in w.items() if not is_matrix(name)]
    adam = torch.optim.AdamW(rest, lr=0.005, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    loss_at_first = 0.0
    for step in range(steps):
        loss = loss_of(w, config, *batch)
        for tensor in w.values():
            tensor.grad = None
        loss.backward()
        muon.step(1.0)
        adam.step()
        if step == 0:
            loss_at_first = loss.item()
    return loss_at_first


def padded(documents, start):
    length = -(-max(map(len, documents)) // STEP) * STEP
    symbols = torch.full((len(documents), length), 0)
    targets = torch.full((len(documents), length), 0)
    weights = torch.zeros(len(documents), length)
    total = sum(map(len, documents))
    for i, document in enumerate(documents):
        symbols[i, : len(document)] = torch.tensor([start] + document[:-1])
        targets[i, : len(document)] = torch.tensor(document)
        weights[i, : len(document)] = 1 / total
    return symbols, targets, weights


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    with open(sys.argv[1]) as text:
        config = json.load(text)
    first = load_file(sys.argv[2])
    with open(sys.argv[3]) as lines:
        documents = [[int(symbol) for symbol in line.split()] for line in lines]
    batch = padded(documents, config["alphabet"] - 1)
    train(first, config, batch, 3)
    print(f"PyTorch {torch.__version__}", flush=True)
    for line in sys.stdin:
        begun = time.process_time()
        loss = train(first, config, batch, int(line))
        print(time.process_time() - begun, loss, flush=True)


if __name__ == "__main__":
    main()
