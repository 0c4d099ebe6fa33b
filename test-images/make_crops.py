#!/usr/bin/env python3
"""Cuts the real images of held-out/ and tuning/ out of images that no prior has learnt from.

    python3 test-images/make_crops.py DATA

DATA is what models/training/prepare.py makes of the training images: the crops are of its
validation images, and an image that images.csv names for training, too, is refused. crops.csv
tells the place of each crop. Its darkest pixel becomes 0, its brightest one 255.

Needs numpy and tifffile; the committed files were made with numpy 2.4.6 and tifffile 2026.3.3.
"""

import csv
import sys
from pathlib import Path

import numpy as np
import tifffile

HERE = Path(__file__).resolve().parent
SIDE = 64


def uses(data):
    """What became of each image: its uses, by structure, name and plane as validation files are named."""
    found = {}
    with open(data / "images.csv", newline="") as file:
        for row in csv.DictReader(file):
            name = f"{row['structure']}-{Path(row['file']).stem}-{row['plane']}"
            found.setdefault(name, set()).add(row["use"])
    return found


def crop(plane, left, top):
    """A square of a plane, [SIDE, SIDE] uint8."""
    square = plane[top : top + SIDE, left : left + SIDE].astype(np.float64)
    if square.shape != (SIDE, SIDE):
        raise SystemExit(f"{left}, {top} is too near the border of {plane.shape}.")
    return np.round(255 * (square - square.min()) / np.ptp(square)).astype(np.uint8)


def main(data):
    known = uses(data)
    with open(HERE / "crops.csv", newline="") as file:
        for row in csv.DictReader(file):
            if known.get(row["image"]) != {"validation"}:
                raise SystemExit(f"{row['image']} is not kept apart from training.")
            plane = tifffile.imread(data / "validation" / f"{row['image']}.tif")
            target = HERE / row["crop"]
            target.parent.mkdir(exist_ok=True)
            tifffile.imwrite(target, crop(plane, int(row["left"]), int(row["top"])), metadata=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
