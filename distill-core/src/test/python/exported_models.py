"""Writes the tiny exported models of src/test/resources/exported, with random weights, and what PyTorch computes by them.

Usage, with the PyPI packages torch 2.15.0, onnx 1.23.2 and onnxscript 0.7.2: python exported_models.py DIRECTORY
The vocabulary is that of src/test/resources/tokenizers/byte-level.
"""

import json
import math
import pathlib
import sys
import zipfile
from typing import Dict, Tuple

import onnx
import torch
from torch import Tensor, nn

VOCABULARY = 295
CONTEXT = 32
BOS, EOS = 293, 294
WIDTH = 8
HEADS = 2
SEQUENCES = [[293, 71, 68, 75, 75, 78], [293] + [(17 * i + 5) % VOCABULARY for i in range(15)]]


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = HEADS
        self.width = WIDTH // HEADS
        self.before = nn.LayerNorm(WIDTH)
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.between = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, time = x.shape[0], x.shape[1]
        heads = self.attention(self.before(x)).view(batch, time, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        scores = heads[0] @ heads[1].transpose(-1, -2) / math.sqrt(self.width) + mask
        mixed = (torch.softmax(scores, -1) @ heads[2]).transpose(1, 2).reshape(batch, time, self.heads * self.width)
        x = x + self.mixed(mixed)
        return x + self.down(torch.relu(self.up(self.between(x))))


class Causal(nn.Module):
    """Two layers with learned positions; logits by the embedding."""

    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(CONTEXT, WIDTH)
        self.layers = nn.ModuleList([Layer(), Layer()])
        self.last = nn.LayerNorm(WIDTH)

    def forward(self, ids: Tensor) -> Tensor:
        return self.at(ids, torch.arange(ids.shape[1]).expand(ids.shape[0], ids.shape[1]), torch.ones_like(ids))

    def at(self, ids: Tensor, positions: Tensor, present: Tensor) -> Tensor:
        time = ids.shape[1]
        later = torch.ones(time, time, dtype=torch.bool).triu(1) | (present == 0)[:, None, None, :]
        mask = torch.zeros(time, time).masked_fill(later, -1e9)
        x = self.tokens(ids) + self.places(positions)
        for layer in self.layers:
            x = layer(x, mask)
        return self.last(x) @ self.tokens.weight.t()


class WithMask(nn.Module):
    """The inputs that Hugging Face's exporters give a model."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, position_ids):
        return self.model.at(input_ids, position_ids, attention_mask)


class Table(nn.Module):
    """Logits of the last token alone."""

    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, 1)

    def forward(self, ids: Tensor) -> Tensor:
        return self.tokens(ids) * self.tokens.weight.t()


class InTuple(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = Table()

    def forward(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
        return self.table(ids), ids


class InDictionary(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = Table()

    def forward(self, ids: Tensor) -> Dict[str, Tensor]:
        return {"hidden": ids, "logits": self.table(ids)}


class NeedsMask(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = Table()

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.table(ids) * attention_mask.unsqueeze(-1)


class NeedsCache(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = Table()

    def forward(self, input_ids, past):
        return self.table(input_ids) + past


def save_script(module, path):
    """An archive without its debug files, which name the places of sources on the machine that wrote it."""
    torch.jit.script(module.eval()).save(str(path))
    with zipfile.ZipFile(path) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            if not name.endswith(".debug_pkl"):
                archive.writestr(zipfile.ZipInfo(name), data)
    torch.jit.load(str(path))


def save_onnx(module, inputs, path, names=None, external=False):
    """A graph without the exporter's notes, which do the same."""
    batch, positions = torch.export.Dim("batch"), torch.export.Dim("positions", max=CONTEXT)
    shapes = {name: {0: batch, 1: positions} for name in inputs}
    program = torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        None,
        input_names=names or list(inputs),
        output_names=["logits"],
        dynamic_shapes=shapes,
        opset_version=18,
        dynamo=True,
    )
    model = program.model_proto
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    if external:
        path.with_name(path.name + ".data").unlink(missing_ok=True)  # it would be appended to
        onnx.save_model(model, str(path), save_as_external_data=True, location=path.name + ".data", size_threshold=256)
    else:
        onnx.save_model(model, str(path))


def main(directory: pathlib.Path) -> None:
    torch.manual_seed(20)
    directory.mkdir(parents=True, exist_ok=True)
    model = Causal()
    with torch.no_grad():
        model.tokens.weight.mul_(1.5)
    save_script(model, directory / "causal.pt")
    ids = torch.randint(VOCABULARY, (2, 5))
    positions = torch.arange(5).expand(2, 5).contiguous()
    usual = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "position_ids": positions}
    save_onnx(WithMask(model), usual, directory / "causal.onnx")
    save_onnx(model, {"ids": ids}, directory / "external.onnx", names=["input_ids"], external=True)
    for name, module in (("tuple", InTuple()), ("dictionary", InDictionary()), ("needs-mask", NeedsMask())):
        save_script(module, directory / (name + ".pt"))
    save_onnx(NeedsCache(), {"input_ids": ids, "past": torch.zeros(2, 5, 1)}, directory / "needs-cache.onnx")
    rows = []
    with torch.no_grad():
        for sequence in SEQUENCES:
            logs = torch.log_softmax(model(torch.tensor([sequence])).double(), -1)[0]
            rows.append({"ids": sequence, "log_probabilities": [[round(x, 6) for x in row] for row in logs.tolist()]})
    (directory / "expected.json").write_text(json.dumps(rows, separators=(",", ":")) + "\n")
    config = {"vocab_size": VOCABULARY, "max_position_embeddings": CONTEXT, "bos_token_id": BOS, "eos_token_id": EOS}
    (directory / "config.json").write_text(json.dumps(config) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
