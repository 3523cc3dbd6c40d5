"""Exports a causal language model of transformers as a teacher: TorchScript or ONNX, with its config and tokenizer.

Usage: export_teacher.py CHECKPOINT DIRECTORY torchscript|onnx, with the PyPI packages torch, transformers and, for ONNX,
onnx and onnxscript (docs/teachers.md says which versions). The export is loaded again and compared with the checkpoint on
shapes other than the one it was made with.
"""

import json
import pathlib
import shutil
import sys

import torch
from transformers import AutoModelForCausalLM

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "tiktoken.model", "tok*.bin")
CONFIG_KEYS = ("vocab_size", "max_position_embeddings", "n_positions", "bos_token_id", "eos_token_id")
TOLERANCE = 1e-3


class Logits(torch.nn.Module):
    """A model as a function of ids alone: int64 [batch, positions] to float32 [batch, positions, vocabulary]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids):
        return self.model(input_ids=ids, use_cache=False).logits


def export_torchscript(model, example, directory):
    path = directory / "model.pt"
    torch.jit.trace(model, example, check_trace=False).save(str(path))
    loaded = torch.jit.load(str(path))
    return lambda ids: loaded(ids)


def export_onnx(model, example, context, directory):
    import onnxruntime

    path = directory / "model.onnx"
    shapes = {"ids": {0: torch.export.Dim("batch"), 1: torch.export.Dim("positions", max=context)}}
    torch.onnx.export(
        model,
        (example,),
        str(path),
        input_names=["input_ids"],
        output_names=["logits"],
        dynamic_shapes=shapes,
        opset_version=18,
        dynamo=True,
    )
    session = onnxruntime.InferenceSession(str(path))
    return lambda ids: torch.from_numpy(session.run(None, {"input_ids": ids.numpy()})[0])


def main():
    checkpoint, target, form = sys.argv[1:]
    source, directory = pathlib.Path(checkpoint), pathlib.Path(target)
    directory.mkdir(parents=True)
    config = json.loads((source / "config.json").read_text())
    (directory / "config.json").write_text(json.dumps({key: config[key] for key in CONFIG_KEYS if key in config}, indent=2) + "\n")
    for pattern in TOKENIZER_FILES:
        for file in source.glob(pattern):
            shutil.copyfile(file, directory / file.name)
    model = Logits(AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32, attn_implementation="eager")).eval()
    vocabulary = config["vocab_size"]
    context = config.get("max_position_embeddings") or config["n_positions"]
    with torch.no_grad():
        example = torch.randint(vocabulary, (2, 7))
        if form == "torchscript":
            exported = export_torchscript(model, example, directory)
        elif form == "onnx":
            exported = export_onnx(model, example, context, directory)
        else:
            sys.exit(f"expected torchscript or onnx, found {form}")
        for shape in ((1, 1), (1, 8), (3, min(context, 250)), (1, min(context, 2048))):
            ids = torch.randint(vocabulary, shape)
            difference = (exported(ids) - model(ids)).abs().max().item()
            print(f"ids {shape}: logits off by {difference:.1e} at most")
            if not difference <= TOLERANCE:
                sys.exit(f"expected at most {TOLERANCE} for ids of shape {shape}, found {difference}")


if __name__ == "__main__":
    main()
