"""Writes a trained prior as a folder that PosteriorJ can open.

    python export.py microscopy-64.yaml --run RUN --install ../microscopy-64

The folder gets the two networks as TorchScript (float32), a test tensor for
each input and output, and the card rdf.yaml with constants, credits, settings,
hashes and, if RUN has them, the measured qualities.
"""

import argparse
import pathlib
import shutil

import torch
import yaml
from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN
from prior_folder import NETWORK, sha256, write_card, write_test_tensors, write_torchscript
from train import model_of

DENOISER = "denoiser.pt"

# What the network and its gradient take for each pixel, measured.
GRADIENT_BYTES_PER_PIXEL = 4400


def install(settings_file, run, folder):
    """Makes the prior's folder from the checkpoints and the qualities of a run."""
    settings = yaml.safe_load(settings_file.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    stages = settings["stages"]
    last_denoiser = [s["name"] for s in stages if s["objective"] == "denoising"][-1]
    for name, stage in {DENOISER: last_denoiser, NETWORK: stages[-1]["name"]}.items():
        weights = torch.load(run / f"{stage}.pt", map_location="cpu")["average"]
        model = model_of(settings, weights, torch.device("cpu"))
        write_torchscript(model, folder / name)
    write_test_tensors(model, folder)
    constants = {
        "denoiser": {"source": DENOISER, "sha256": sha256(folder / DENOISER)},
        "sigma_min": SIGMA_MIN,
        "sigma_max": SIGMA_MAX,
        "sigma_data": SIGMA_DATA,
        "size_multiple": 8,
        "minimum_size": 16,
        "gradient_bytes_per_pixel": GRADIENT_BYTES_PER_PIXEL,
        "intermediate_sigma": settings["intermediate_sigma"],
        "training": {
            "settings": {
                key: settings[key] for key in ("seed", "patch", "network", "defaults", "stages")
            },
            "images": yaml.safe_load((settings_file.parent / settings["credits"]).read_text()),
        },
    }
    qualities = run / "quality.yaml"
    if qualities.exists():
        constants["quality"] = yaml.safe_load(qualities.read_text())
    head = yaml.safe_load((settings_file.parent / settings["card"]).read_text())
    write_card(folder, head, ["intensity"], constants)
    for picture in run.glob("quality-*.png"):
        shutil.copy(picture, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--install", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    install(arguments.settings, arguments.run, arguments.install)


if __name__ == "__main__":
    main()
