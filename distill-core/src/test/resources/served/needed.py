"""Prints what an installed package needs, a requirement a line, but for extras and what is named.

    python needed.py PACKAGE [LEFT_OUT...]
"""

import importlib.metadata
import re
import sys

for requirement in importlib.metadata.requires(sys.argv[1]):
    name = re.match(r"[A-Za-z0-9._-]+", requirement).group()
    if name not in sys.argv[2:] and "extra ==" not in requirement:
        print(requirement)
