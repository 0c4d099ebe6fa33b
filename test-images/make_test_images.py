#!/usr/bin/env python3
"""Makes the sharp test images in this folder from fixed seeds.

    python3 test-images/make_test_images.py [FOLDER]

writes the images into FOLDER (by default, the folder of this script). Running
it again with the same versions of Python, NumPy and SciPy on the same kind of
machine writes byte-identical files; elsewhere a pixel may differ by a count,
since transcendental functions and summation orders do.

Needs Python 3.9 or later, numpy, scipy and tifffile: on Debian or Ubuntu,

    apt-get install python3-numpy python3-scipy python3-tifffile

The committed files were made with Debian 12's Python 3.11, numpy 1.24.2,
scipy 1.10.1 and tifffile 2023.2.3.

The images come from models/training/microscopy_generator.py. They are the
truth of the tests: noise-free counts above a constant camera offset, blurred
only as a well-sampled microscope in perfect focus would. The blurred and
noisy measurements are simulated from them in ImageJ.

What the images must be, which README.md in this folder tells their users:

  * 8-bit and 16-bit, square and not, with one size (170) that is no multiple
    of 8, since networks pad such images;
  * filaments, nuclei, mitochondria, puncta, membranes, and one small overlay;
  * calibrated for ImageJ: pixel size, the unit "micron", the display range;
  * counts as from a camera: 16-bit above an offset of 100 to 200 with peaks
    of a few thousand to 20000, 8-bit from 5 or 8 to 230; none saturated;
  * less than 2 MB together.
"""

import sys
from pathlib import Path
from typing import Callable, NamedTuple

import numpy as np
import tifffile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "models" / "training"))

import microscopy_generator as generator  # noqa: E402 (needs the path above)


class TestImage(NamedTuple):
    """How to make one image: its content, its camera and its calibration."""

    name: str
    content: Callable
    seed: int
    height: int
    width: int
    dtype: type
    offset: int
    peak: int
    pixels_per_micron: int


def filaments(rng, height, width):
    return generator.filaments(
        rng, height, width, layout="scattered", density=0.11, persistence_length=200
    )


def nuclei(rng, height, width):
    return generator.nuclei(rng, height, width, radius=22, count=14, chromocentres=False)


def mitochondria(rng, height, width):
    nucleus = generator.Ellipse(y=95, x=60, radius=30, stretch=1.1, angle=0.5)
    return generator.mitochondria(
        rng, height, width, tube_radius=1.6, density=0.06, length=18, avoid=nucleus
    )


def puncta(rng, height, width):
    return generator.puncta(rng, height, width, density=0.009, vesicle_share=0.05)


def membranes(rng, height, width):
    return generator.membranes(rng, height, width, cell_size=34, profile_sigma=1.0)


def cells(rng, height, width):
    return generator.cell(rng, height, width, nucleus_radius=24)


# A camera's 16-bit counts lie above an offset of 100 to 200; the 8-bit images
# stand for a confocal's photomultiplier. No image reaches its type's maximum.
IMAGES = [
    TestImage("filaments.tif", filaments, 3, 256, 256, np.uint16, 100, 9000, 10),
    TestImage("nuclei.tif", nuclei, 6, 256, 256, np.uint8, 8, 230, 4),
    TestImage("mitochondria.tif", mitochondria, 1, 170, 200, np.uint16, 120, 14000, 8),
    TestImage("puncta.tif", puncta, 3, 128, 128, np.uint8, 5, 230, 10),
    TestImage("membranes.tif", membranes, 5, 256, 256, np.uint16, 200, 20000, 4),
    TestImage("cells.tif", cells, 17, 128, 128, np.uint16, 150, 4000, 5),
]


def counts(image):
    """The image in counts: the offset where it is dark, the peak at its brightest pixel."""
    sharp = image.content(np.random.default_rng(image.seed), image.height, image.width)
    return np.rint(image.offset + (image.peak - image.offset) * sharp).astype(image.dtype)


def write(path, pixels, pixels_per_micron):
    """Writes a TIFF that ImageJ opens calibrated in microns and with its full display range."""
    tifffile.imwrite(
        path,
        pixels,
        imagej=True,
        resolution=(pixels_per_micron, pixels_per_micron),
        metadata={
            "axes": "YX",
            "unit": "micron",
            "min": float(pixels.min()),
            "max": float(pixels.max()),
        },
    )


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for image in IMAGES:
        pixels = counts(image)
        write(folder / image.name, pixels, image.pixels_per_micron)
        print(
            f"{image.name}: {image.width} x {image.height}, {pixels.dtype}, "
            f"{pixels.min()} to {pixels.max()} counts, {1 / image.pixels_per_micron} micron"
        )


if __name__ == "__main__":
    main()
