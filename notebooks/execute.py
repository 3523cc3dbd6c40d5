"""Executes the notebooks on a workspace and writes them, with what they show, elsewhere. Usage: python execute.py OUT [NAME…]"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
SECONDS_A_CELL = 600


def main(out, *names):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for source in sorted(HERE.glob("*.ipynb")):
        if names and source.stem not in names:
            continue
        notebook = nbformat.read(source, as_version=4)
        client = NotebookClient(
            notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}
        )
        try:
            client.execute()
        except CellExecutionError as e:
            sys.exit(f"{source.name}: {e}")
        finally:
            nbformat.write(notebook, out / source.name)
        print(out / source.name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
