"""A loop over Typst with nothing around it, as `bare_loop.py` is one over WeasyPrint.

    .venv/bin/python benchmarks/typst_loop.py PDFS PROCESSES JSON...

Its template is `letter.typ`, tagged as PDF/UA-1, its input the finished words of each letter as
JSON (`typst_data.py` writes them). A compiler stays open, so that fonts are read once a process.
"""

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "generator/assets/fonts/liberation-sans"


def compile_letters(output: Path, data: Sequence[Path]) -> None:
    """Set these letters, one after another."""
    compiler = typst.Compiler(root="/", font_paths=[str(FONTS)], ignore_system_fonts=True)
    for path in data:
        compiler.compile(
            str(HERE / "letter.typ"),
            output=str(output / f"{path.stem}.pdf"),
            sys_inputs={"letter": str(path)},
            pdf_standards=["ua-1"],
        )


def compile_in(processes: int, output: Path, data: Sequence[Path]) -> None:
    """Set these letters in so many processes; one or two in this one."""
    output.mkdir(parents=True, exist_ok=True)
    if len(data) <= processes or processes == 1:
        compile_letters(output, data)
        return
    fork = multiprocessing.get_context("fork")
    shares = [data[first::processes] for first in range(processes)]
    workers = [fork.Process(target=compile_letters, args=(output, share)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("Typst has not set all letters")


def main(output: str, processes: str, *data: str) -> None:
    """Set these letters."""
    compile_in(int(processes), Path(output), [Path(path).resolve() for path in data])


if __name__ == "__main__":
    main(*sys.argv[1:])
