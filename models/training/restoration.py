"""Restores validation images with priors, by the forward operators of the papers.

    python restoration.py microscopy-64.yaml --data DATA --run RUN --priors FOLDER ...

PosteriorJ does it (the Java program io.github.posteriorj.restoration.PriorBenchmark), so Maven
and a JDK must be there. RUN gets the images in restoration/ and the table restoration.csv.
"""

import argparse
import csv
import pathlib
import shutil
import subprocess

import numpy as np
import tifffile
from judge import structures_of, validation_patches
from train import read_settings

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = "io.github.posteriorj.restoration.PriorBenchmark"

# Images in all, or one of each structure if there are more of these.
COUNT = 3
SIZE = 48
CANDIDATES = 8

ITERATIONS = "its iterations"


def require_maven():
    if shutil.which("mvn") is None:
        raise SystemExit(
            "The restoration benchmark needs Maven and a JDK: install them, or leave it out by"
            " --no-restoration."
        )


def write_images(settings, data, folder):
    """Parts of validation images as TIFF files, named by what they show.

    Each is the one of most contrast of some that are drawn, and stretched to [-1, 1]: the noise is a
    share of that range.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    structures = settings.get("restored_structures") or settings.get("structures")
    structures = structures or structures_of(data / "validation")
    count = -(-COUNT // len(structures)) * len(structures)
    patches, shown = validation_patches(
        data / "validation", structures, CANDIDATES * count, SIZE, settings["seed"]
    )
    candidates = patches.numpy().reshape(CANDIDATES, count, SIZE, SIZE)
    chosen = np.ptp(candidates, (2, 3)).argmax(0)
    for number, structure in enumerate(shown[:count]):
        image = candidates[chosen[number], number]
        stretched = 2 * (image - image.min()) / np.ptp(image) - 1
        tifffile.imwrite(folder / f"{structure}-{number // len(structures) + 1}.tif", stretched)


def maven(*words):
    if subprocess.run(["mvn", "-q", *words], cwd=PROJECT).returncode != 0:
        raise SystemExit(
            "The restoration benchmark failed, as Maven says above. What was finished before stays:"
            " the same command started again does this part alone."
        )


def benchmark(settings, data, run, priors):
    """Writes restoration.csv: see the Java program."""
    require_maven()
    images = run / "restoration"
    write_images(settings, data, images)
    words = [run / "restoration.csv", images, settings["seed"], *priors]
    words = [str(w.resolve() if isinstance(w, pathlib.Path) else w) for w in words]
    arguments = " ".join(f'"{word}"' for word in words)
    # Apart, for the build runs a program of its own, which would take these arguments.
    maven("test-compile")
    maven(
        "exec:java",
        "-Dexec.classpathScope=test",
        f"-Dexec.mainClass={PROGRAM}",
        f"-Dexec.args={arguments}",
    )


def tables(path):
    """Of restoration.csv: PSNR by operator, image and method, and its mean over the images."""
    images = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            methods = images.setdefault(row["operator"], {}).setdefault(row["image"], {})
            methods[row["method"]] = float(row["psnr"])
            if row["iterations"]:
                methods[ITERATIONS] = int(row["iterations"])
    means = {}
    for operator, rows in images.items():
        methods = [m for m in next(iter(rows.values())) if m != ITERATIONS]
        means[operator] = {
            method: round(float(np.mean([row[method] for row in rows.values()])), 2)
            for method in methods
        }
    return {"mean of the images": means, "each image": images}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--priors", type=pathlib.Path, nargs="+", required=True)
    arguments = parser.parse_args()
    settings = read_settings(arguments.settings)
    benchmark(settings, arguments.data, arguments.run, arguments.priors)


if __name__ == "__main__":
    main()
