"""Writes the tiny Llama checkpoints of src/test/resources/rope with transformers' log-probabilities: random weights, each with one
rope_scaling. Usage: python rope_scaling_models.py DIR (transformers 5.23.0, torch 2.7.1)."""
import json
import pathlib
import sys

import torch
from transformers import LlamaConfig, LlamaForCausalLM

SCALINGS = {
    "llama3": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
               "original_max_position_embeddings": 64},
    "linear": {"rope_type": "linear", "factor": 4.0},
}
POSITIONS = 240
KEPT = 16


def main(directory: pathlib.Path) -> None:
    for name, scaling in SCALINGS.items():
        torch.manual_seed(7)
        config = LlamaConfig(
            vocab_size=64, hidden_size=24, intermediate_size=32, num_hidden_layers=2, num_attention_heads=3,
            num_key_value_heads=1, head_dim=16, max_position_embeddings=256, rms_norm_eps=1e-5, tie_word_embeddings=True,
            bos_token_id=1, eos_token_id=2, rope_parameters={"rope_theta": 10000.0, **scaling}, initializer_range=0.6)
        model = LlamaForCausalLM(config).eval()
        ids = [1] + [3 + (i * i * 7 + i) % 61 for i in range(POSITIONS - 1)]
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0].log_softmax(-1)
        model.save_pretrained(directory / name)
        (directory / name / "generation_config.json").unlink()
        kept = range(KEPT - 1, POSITIONS, KEPT)
        expected = {"ids": ids, "positions": list(kept), "log_probabilities": [
            [round(value, 6) for value in logits[at].tolist()] for at in kept]}
        (directory / name / "expected.json").write_text(json.dumps(expected) + "\n")


main(pathlib.Path(sys.argv[1]))
