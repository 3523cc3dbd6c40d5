"""Trains the tiny byte-level tokenizer of src/test/resources/tokenizers/byte-level and writes ids of a few texts.

Usage, with the PyPI package tokenizers 0.23.3: python byte_level_tokenizer.py DIRECTORY
"""

import json
import pathlib
import sys

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

TEXTS = ["the quick brown fox", " two  spaces\n\nand lines", "Ünï — 😀 中文", "\x00\x7f\u00ad", "a<s>b</s>c", "", "the " * 20]


def main(directory: pathlib.Path) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=300, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(["the quick brown fox jumps over the lazy dog and the other fox"] * 3, trainer)
    ids = [tokenizer.encode(text).ids for text in TEXTS]  # before the special tokens: their names are ordinary text
    tokenizer.add_special_tokens(["<s>", "</s>"])
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    config = {"bos_token": "<s>", "eos_token": {"content": "</s>"}}
    (directory / "tokenizer_config.json").write_text(json.dumps(config) + "\n")
    rows = [{"text": text, "ids": row} for text, row in zip(TEXTS, ids, strict=True)]
    (directory / "expected.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
