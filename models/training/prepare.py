"""Makes a pool of training patches from a folder of sharp images.

    python prepare.py --images FOLDER --recipe microscopy-64.images.yaml --out DATA

Without a recipe, all images of the folder count alike, and every fifth of them
is kept for validation. DATA gets

    pool.npy             [patches, size, size] float16, intensities in [-1, 1] nominal
    pool-structures.npy  [patches], what each of them shows
    validation/          whole images that no patch of the pool is from, float32
    images.csv           every file, what became of it, and its quality

Each image's background becomes -1 and its brightest structures +1. A part of
the pool is procedurally generated (microscopy_generator.py).
"""

import argparse
import csv
import fnmatch
import pathlib
import time
from typing import NamedTuple

import microscopy_generator
import numpy as np
import tifffile
import yaml
from PIL import Image
from scipy import ndimage

# Quantiles of a whole image that become -1 and +1. The brightest pixels of an
# image are often a speck of dirt or one dead cell.
BLACK, WHITE = 0.005, 0.9995

# A patch counts as empty below this range of intensities; few are kept.
EMPTY_RANGE = 0.2
EMPTY_SHARE = 0.05

# A share of the patches of fields that are sampled finer than their optics (spectral cut-off,
# cycles a pixel) shows a larger part of them, reduced: structures come in all sizes.
OVERSAMPLED_CUTOFF = 0.3
REDUCED_SHARE, MOST_REDUCED = 0.35, 1.5

# Fields are seldom exposed alike: half of the real patches keep their share of the field's range
# but for a gain, the others have their own peak put anywhere. Neither raises the noise beyond a limit.
FIELD_GAINS = 0.5, 1.15
OWN_PEAKS = -0.5, 1.05
LEAST_GAIN = 0.3
RAISED_NOISE = 0.012
GENERATED_GAINS = 0.35, 1.1

# Seconds after which it is told again how far the pool is.
REPORT_EVERY = 10

# The structure of patches that are no part of an image.
GENERATED = "generated"

DEFAULT_RECIPE = {
    "shares": {"images": 1.0},
    "sources": [{"files": "**/*", "structure": "images", "validation_every": 5}],
}
SUFFIXES = {".tif", ".tiff", ".png", ".jpg", ".jpeg"}


class Field(NamedTuple):
    """A normalised plane to train on, how often it is drawn, its noise level and spectral cut-off."""

    plane: np.ndarray
    weight: float
    noise: float
    cutoff: float


def read_planes(path, channel=None):
    """The gray planes of a file, float32: one, or those of a stack of one channel."""
    if path.suffix.lower() in (".tif", ".tiff"):
        pixels = tifffile.imread(path)
    else:
        pixels = np.asarray(Image.open(path))
    pixels = np.asarray(pixels, np.float32)
    if pixels.ndim == 3 and pixels.shape[-1] in (3, 4):
        return [pixels[..., channel] if channel is not None else pixels[..., :3].mean(-1)]
    if pixels.ndim == 2:
        return [pixels]
    planes = pixels.reshape(-1, *pixels.shape[-2:])
    return [planes[channel]] if channel is not None else list(planes)


def binned(plane, factor):
    """Averages factor x factor pixels."""
    height, width = (side // factor * factor for side in plane.shape)
    blocks = plane[:height, :width].reshape(height // factor, factor, width // factor, factor)
    return blocks.mean((1, 3))


def normalised(plane):
    """Maps the background to -1 and the brightest structures to +1; nothing is clipped."""
    black, white = np.quantile(plane, [BLACK, WHITE])
    if not white > black:
        raise ValueError("the image is constant")
    return (2 * (plane - black) / (white - black) - 1).astype(np.float32)


def noise_level(plane):
    """Standard deviation of the noise over the range (Immerkaer 1996, by the median)."""
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = ndimage.convolve(plane, mask)
    spread = np.median(np.abs(response)) / 0.6745 / 6
    return float(spread / 2)


def spectral_cutoff(plane):
    """The frequency, in cycles a pixel, below which 99.9 % of the windowed power lies."""
    size = min(min(plane.shape), 512)
    window = np.hanning(size)
    patch = plane[:size, :size] - plane[:size, :size].mean()
    power = np.abs(np.fft.fft2(patch * window[:, None] * window)) ** 2
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.fftfreq(size))
    order = np.argsort(frequency.ravel())
    cumulated = np.cumsum(power.ravel()[order])
    return float(frequency.ravel()[order][np.searchsorted(cumulated, 0.999 * cumulated[-1])])


def random_patch(rng, plane, size):
    """A patch, mirrored at the border of an image smaller than it."""
    missing = [(0, max(0, size - side)) for side in plane.shape]
    if any(after for _, after in missing):
        plane = np.pad(plane, missing, mode="symmetric")
    top = rng.integers(plane.shape[0] - size + 1)
    left = rng.integers(plane.shape[1] - size + 1)
    return plane[top : top + size, left : left + size]


def not_empty(rng, patch):
    """Whether a patch shows something; a few that do not are let through."""
    low, high = np.quantile(patch, [0.02, 0.998])
    return high - low > EMPTY_RANGE or rng.random() < EMPTY_SHARE


def structured_patch(rng, planes, weights, size):
    """A patch of one of the planes that is not empty, but for a few."""
    while True:
        patch = random_patch(rng, planes[rng.choice(len(planes), p=weights)], size)
        if not_empty(rng, patch):
            return patch


def reduced(patch, size):
    """The whole of a larger patch at a smaller size, averaged (no aliasing)."""
    image = Image.fromarray(patch.astype(np.float32))
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))


def log_uniform(rng, low, high):
    return np.exp(rng.uniform(np.log(low), np.log(high)))


def brightened(patch, gain):
    """The same structures at another share of the range; black stays black."""
    return -1 + float(gain) * (patch + 1)


def exposed(rng, patch, noise):
    """A patch of a field of this noise level, as another exposure might show it."""
    if rng.random() < 0.5:
        return brightened(patch, log_uniform(rng, *FIELD_GAINS))
    peak = max(np.quantile(patch, 0.998) + 1, 0.05)
    gain = max((rng.uniform(*OWN_PEAKS) + 1) / peak, LEAST_GAIN)
    return brightened(patch, min(gain, max(RAISED_NOISE / max(noise, 1e-6), 1)))


def training_patch(rng, fields, size):
    """A patch of one of the fields, of any exposure, reduced or not; not empty, but for a few."""
    weights = np.array([field.weight for field in fields], float)
    while True:
        field = fields[rng.choice(len(fields), p=weights / weights.sum())]
        if field.cutoff < OVERSAMPLED_CUTOFF and rng.random() < REDUCED_SHARE:
            larger = round(size * rng.uniform(1, MOST_REDUCED))
            patch = reduced(random_patch(rng, field.plane, larger), size)
        else:
            patch = random_patch(rng, field.plane, size)
        if not_empty(rng, patch):
            return exposed(rng, patch, field.noise)


def generated_patch(rng, size):
    """A procedural image in [-1, 1]."""
    return 2 * microscopy_generator.mixture(rng, size, size) - 1


def load(images, recipe, report):
    """Training fields by structure, and validation planes by name."""
    training, validation = {}, {}
    for source in recipe["sources"]:
        for number, path in enumerate(sorted(images.glob(source["files"]))):
            if path.suffix.lower() not in SUFFIXES:
                continue
            name = path.relative_to(images).as_posix()
            every = source.get("validation_every")
            held_out = any(
                fnmatch.fnmatch(name, pattern) for pattern in source.get("validation", [])
            ) or (every is not None and number % every == every - 1)
            for index, plane in enumerate(read_planes(path, source.get("channel"))):
                row = {"file": name, "plane": index, "structure": source["structure"]}
                report.append(row)
                try:
                    plane = normalised(binned(plane, source.get("bin", 1)))
                except ValueError as problem:
                    row["use"] = str(problem)
                    continue
                row["noise"] = round(noise_level(plane), 4)
                row["cutoff"] = round(spectral_cutoff(plane), 3)
                if row["noise"] > recipe.get("max_noise", np.inf):
                    row["use"] = "too noisy"
                elif row["cutoff"] < recipe.get("min_cutoff", 0):
                    row["use"] = "out of focus"
                elif held_out:
                    row["use"] = "validation"
                    validation[f"{source['structure']}-{path.stem}-{index}"] = plane
                else:
                    row["use"] = "training"
                    training.setdefault(source["structure"], []).append(
                        Field(plane, source.get("weight", 1), row["noise"], row["cutoff"])
                    )
    return training, validation


def make_pool(rng, training, shares, count, size, generated_share):
    """[count, size, size] float16, and the structure that each patch shows, GENERATED for none."""
    structures = [structure for structure in shares if structure in training]
    odds = np.array([shares[structure] for structure in structures], float)
    pool = np.empty((count, size, size), np.float16)
    shown = []
    began = told = time.monotonic()
    for i in range(count):
        now = time.monotonic()
        if now - told > REPORT_EVERY:
            left = (now - began) * (count / i - 1) / 60
            print(f"{i} of {count} patches, {left:.0f} min left", flush=True)
            told = now
        if rng.random() < generated_share:
            shown.append(GENERATED)
            pool[i] = brightened(generated_patch(rng, size), log_uniform(rng, *GENERATED_GAINS))
        else:
            structure = str(rng.choice(structures, p=odds / odds.sum()))
            shown.append(structure)
            pool[i] = training_patch(rng, training[structure], size)
    return pool, np.array(shown)


def prepare(images, recipe, out, patches, size, generated, seed):
    """Writes all that training needs."""
    recipe = yaml.safe_load(recipe.read_text()) if recipe else DEFAULT_RECIPE
    report = []
    training, validation = load(images, recipe, report)
    if not training or not validation:
        raise SystemExit(
            f"{len(report)} images in {images}: too few for training and validation."
            " Without a recipe it takes five or more of sufficient quality."
        )
    (out / "validation").mkdir(parents=True, exist_ok=True)
    with open(out / "images.csv", "w", newline="") as file:
        columns = ["file", "plane", "structure", "noise", "cutoff", "use"]
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(report)
    for name, plane in validation.items():
        tifffile.imwrite(out / "validation" / f"{name}.tif", plane)
    rng = np.random.default_rng(seed)
    pool, shown = make_pool(rng, training, recipe["shares"], patches, size, generated)
    np.save(out / "pool.npy", pool)
    np.save(out / "pool-structures.npy", shown)
    fields = ", ".join(f"{len(fields)} {structure}" for structure, fields in training.items())
    print(f"{len(pool)} patches of {fields}; {len(validation)} kept for validation")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--images", type=pathlib.Path, required=True)
    parser.add_argument("--recipe", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--patches", type=int, default=60_000)
    parser.add_argument("--size", type=int, default=96, help="larger than the patches in training")
    parser.add_argument("--generated", type=float, default=0.5, help="share of the generator")
    parser.add_argument("--seed", type=int, default=1)
    prepare(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
