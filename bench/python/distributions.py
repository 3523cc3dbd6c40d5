"""Tokenises and scores texts with transformers, for teachers that only transformers can load.

Usage: distributions.py encode TOKENIZER_JSON DOCUMENTS OUT: a line of ids and a line of byte offsets for each document;
DOCUMENTS are separated by NUL; prints how many there are. distributions.py score CHECKPOINT SEQUENCES BOS OUT: for each line of ids natural
log-probabilities of the whole vocabulary at every position, as little-endian 32-bit floats; prints the vocabulary's size.
"""

import sys


def encode(tokenizer_file, documents, out):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(tokenizer_file)
    with open(documents, encoding="utf-8", newline="") as file:
        texts = file.read().split("\0")
    with open(out, "w") as lines:
        for text in texts:
            encoded = tokenizer.encode(text, add_special_tokens=False)
            ends = [0]
            for character in text:
                ends.append(ends[-1] + len(character.encode()))
            print(*encoded.ids, file=lines)
            print(*[ends[start] for start, _ in encoded.offsets], file=lines)
    print(len(texts))


def score(checkpoint, sequences, bos, out):
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    torch.set_num_threads(1)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32).eval()
    print(model.config.vocab_size)
    with open(sequences) as lines, open(out, "wb") as file, torch.inference_mode():
        for line in lines:
            ids = [int(bos)] + [int(token) for token in line.split()][:-1]
            logits = model(input_ids=torch.tensor([ids]), use_cache=False).logits[0]
            file.write(torch.log_softmax(logits.float(), -1).numpy().astype("<f4").tobytes())


if __name__ == "__main__":
    {"encode": encode, "score": score}[sys.argv[1]](*sys.argv[2:])
