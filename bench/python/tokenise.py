"""Encodes a text with tiktoken, a round for each line on standard input, and prints seconds and a digest of the ids.

Usage: tokenise.py RANKS PATTERN_FILE TEXT...; one thread, the texts one after another.
"""

import sys
import time

import tiktoken
from tiktoken.load import load_tiktoken_bpe


def main():
    ranks, pattern_file, *paths = sys.argv[1:]
    with open(pattern_file, encoding="utf-8") as file:
        pattern = file.read()
    encoding = tiktoken.Encoding("bench", pat_str=pattern, mergeable_ranks=load_tiktoken_bpe(ranks), special_tokens={})
    texts = []
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            texts.append(file.read())
    print("tiktoken " + tiktoken.__version__, flush=True)
    for line in sys.stdin:
        text = texts[int(line)]
        begun = time.perf_counter()
        ids = encoding.encode_ordinary(text)
        seconds = time.perf_counter() - begun
        digest = 0
        for token in ids:
            digest = (digest * 31 + token) & 0xFFFFFFFF
        print(seconds, digest, flush=True)


if __name__ == "__main__":
    main()
