"""Scores token sequences with transformers, a round for each line on standard input, and prints seconds of
processor time and log-likelihood.

Usage: score.py CHECKPOINT SEQUENCES BOS. SEQUENCES has a line of token ids for each sequence, without the
beginning-of-sequence token BOS. Before the first round it tries ways to run the model and keeps the fastest.
"""

import sys
import time

import torch
from transformers import AutoModelForCausalLM
from transformers.utils import logging

MANY = 1 << 30
# Sequences on which ways to run are compared.
TRIED = 60


def passes(sequences, bos, positions):
    """Batches of like length with at most so many positions, padded on the right, each with its lengths."""
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end + 1 - start) * len(sequences[order[end]]) <= positions:
            end += 1
        rows = [sequences[i] for i in order[start:end]]
        time_ = len(rows[-1])
        ids = torch.tensor([[bos] + row[:-1] + [bos] * (time_ - len(row)) for row in rows])
        targets = torch.tensor([row + [0] * (time_ - len(row)) for row in rows])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (time_ - len(row)) for row in rows])
        yield ids, targets, mask
        start = end


def score(model, batches):
    """Whole distributions at every position; the sum of the actual tokens' log-probabilities shows that they are right."""
    total = 0.0
    begun = time.process_time()
    with torch.inference_mode():
        for ids, targets, mask in batches:
            logits = model(input_ids=ids, use_cache=False).logits
            distributions = torch.log_softmax(logits, -1)
            actual = distributions.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
            total += (actual * mask).sum().item()
    return time.process_time() - begun, total


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    checkpoint, path, bos = sys.argv[1:]
    with open(path) as lines:
        sequences = [[int(token) for token in line.split()] for line in lines]
    some = sequences[:: max(1, len(sequences) // TRIED)]
    best, chosen = MANY, None
    for attention in ("sdpa", "eager"):
        model = AutoModelForCausalLM.from_pretrained(
            checkpoint, dtype=torch.float32, attn_implementation=attention
        ).eval()
        for experts in ways_of_experts(model):
            if experts:
                model.set_experts_implementation(experts)
            for positions in (512, 1024, 2048, 4096):
                tried = list(passes(some, int(bos), positions))
                try:
                    seconds = min(score(model, tried)[0] for _ in range(3))
                except (RuntimeError, ValueError) as fault:
                    print(f"{attention} {experts}: {fault}", file=sys.stderr)
                    continue
                if seconds < best:
                    best = seconds
                    chosen = (model, attention, experts, positions)
    model, attention, experts, positions = chosen
    if experts:
        model.set_experts_implementation(experts)
    batches = list(passes(sequences, int(bos), positions))
    name = f"transformers, {attention} attention, {positions} positions a pass"
    print(name + (f", {experts} experts" if experts else ""), flush=True)
    for _ in sys.stdin:
        print(*score(model, batches), flush=True)


def ways_of_experts(model):
    """transformers' third way, batched_mm, copies each token's experts: ten times slower on these checkpoints."""
    return ["eager", "grouped_mm"] if getattr(model.config, "n_routed_experts", 0) else [None]


if __name__ == "__main__":
    main()
