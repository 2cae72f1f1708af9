"""``make bench``: prints what was measured, beside a bare floor or a budget, with nothing judged by the clock alone."""

import importlib.util
import os
import sys

from tests.bench import receiving, sheets


def main(seconds: float) -> None:
    print(f"{os.cpu_count()} cores. Rates mean something only as ratios within this run.\n")
    receiving.measure(seconds)
    print()
    sheets.measure()
    if importlib.util.find_spec("tests.bench.phone"):
        from tests.bench import phone
        print()
        phone.measure()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
