"""Writes a trained prior as a folder that PosteriorJ can open.

    python export.py microscopy-64.yaml --run RUN --install ../microscopy-64

The folder gets the two networks as TorchScript (float32), a test tensor for
each input and output, and the card rdf.yaml with constants, credits, settings,
hashes and, if RUN has them, the measured qualities.
"""

import argparse
import pathlib
import shutil

import restoration
import torch
import yaml
from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN
from prior_folder import (
    DENOISER,
    NETWORK,
    sha256,
    write_card,
    write_test_tensors,
    write_torchscript,
)
from train import model_of, read_settings, trained_weights

TRAINING_SETTINGS = ("seed", "patch", "network", "structures", "defaults", "stages")

RESTORATION = "restoration, PSNR (dB) of the measurement, Richardson-Lucy's best, posterior means"

# Of a prior for which nobody has written one.
README = """`rdf.yaml` is the card of this prior: data and credits, settings of the training, qualities as measured.
`consistency-model.pt` is its network, `denoiser.pt` the diffusion model of the same form that it was tuned from;
`test-*.npy` are inputs and the output that every reader of the network must reproduce.
"""

# What the network and its gradient take for each pixel, by its design, measured.
GRADIENT_BYTES_PER_PIXEL = {"standard": 4400, "light": 2000}


def parent(folder):
    """Which prior the training started from."""
    card = yaml.safe_load((folder / "rdf.yaml").read_text())
    return {"name": card["name"], "sha256": card["config"]["posteriorj"]["sha256"]}


def qualities(run):
    """All that was measured of a run's prior."""
    quality = {}
    if (run / "quality.yaml").exists():
        quality |= yaml.safe_load((run / "quality.yaml").read_text())
    if (run / "restoration.csv").exists():
        quality[RESTORATION] = restoration.tables(run / "restoration.csv")
    return quality


def install(settings, run, folder):
    """Makes the prior's folder from the checkpoints and the qualities of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, weights in zip((DENOISER, NETWORK), trained_weights(settings, run)):
        model = model_of(settings, weights, torch.device("cpu"))
        write_torchscript(model, folder / name)
    write_test_tensors(model, folder)
    constants = {
        "value_range": [-1, settings.get("white", 1)],
        "denoiser": {"source": DENOISER, "sha256": sha256(folder / DENOISER)},
        "sigma_min": SIGMA_MIN,
        "sigma_max": SIGMA_MAX,
        "sigma_data": SIGMA_DATA,
        "size_multiple": 8,
        "minimum_size": 16,
        "reach": model.network.reach(),
        "gradient_bytes_per_pixel": GRADIENT_BYTES_PER_PIXEL[
            settings["network"].get("design", "standard")
        ],
        "intermediate_sigma": settings["intermediate_sigma"],
        **{"parent": parent(settings[key]) for key in ("start", "wider") if key in settings},
        "training": {
            "settings": {key: settings[key] for key in TRAINING_SETTINGS if key in settings},
            "images": yaml.safe_load(settings["credits"].read_text()),
        },
    }
    quality = qualities(run)
    if quality:
        constants["quality"] = quality
    head = yaml.safe_load(settings["card"].read_text())
    write_card(folder, head, ["intensity"], constants)
    readme = folder / "README.md"
    if not readme.exists():
        readme.write_text(f"# {head['name']}\n\n{head.get('description', '')}\n\n{README}")
    for picture in run.glob("quality-*.png"):
        shutil.copy(picture, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--install", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    install(read_settings(arguments.settings), arguments.run, arguments.install)


if __name__ == "__main__":
    main()
