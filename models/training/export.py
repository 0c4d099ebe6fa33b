"""Writes a trained prior as a folder that PosteriorJ can open.

    python export.py microscopy-64.yaml --run RUN --install ../microscopy-64

The folder gets the two networks as TorchScript (float32), a test tensor for
each input and output, and the card rdf.yaml with constants, credits, settings,
hashes and, if RUN has them, the measured qualities.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import zipfile

import numpy as np
import torch
import yaml
from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN
from train import model_of

SIZE_MULTIPLE = 8
MINIMUM_SIZE = 16


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_torchscript(model, path, shape=(1, 48, 64)):
    """Traces the model, and leaves out of the archive what tells the paths of this machine."""
    # Different sides and levels: a size that the trace took for a constant would show at once.
    x = torch.randn(2, *shape)
    traced = torch.jit.trace(model, (x, torch.tensor([0.5, 3.0])), check_trace=False)
    whole = path.with_suffix(".whole")
    traced.save(str(whole))
    part = path.with_suffix(".part")
    # Weights hardly compress, and uncompressed entries can be mapped into memory.
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(part, "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                name = re.sub(r"^[^/]*", path.stem, entry.filename)
                target.writestr(
                    zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), source.read(entry)
                )
    whole.unlink()
    part.replace(path)


def write_test_tensors(model, folder, shape=(1, 40, 64)):
    """Inputs and the output that every reader of the network must reproduce."""
    generator = torch.Generator().manual_seed(0)
    sigma = torch.tensor([SIGMA_MAX, 0.8, 0.01])
    noisy = sigma[:, None, None, None] * torch.randn(3, *shape, generator=generator)
    with torch.no_grad():
        clean = model(noisy, sigma)
    for name, tensor in {"noisy": noisy, "sigma": sigma, "clean": clean}.items():
        np.save(folder / f"test-{name}.npy", tensor.numpy())


class PlainDumper(yaml.SafeDumper):
    """Writes what occurs twice twice, and short blocks on one line."""

    STYLE = {"sort_keys": False, "width": 110, "default_flow_style": None}

    def ignore_aliases(self, data):
        return True


def space(of=None, minimum=MINIMUM_SIZE, multiple=SIZE_MULTIPLE):
    return [
        {
            "type": "space",
            "id": axis,
            "size": {"tensor_id": of, "axis_id": axis}
            if of
            else {"min": minimum, "step": multiple},
        }
        for axis in "yx"
    ]


def tensor(name, description, axes, folder):
    file = folder / f"test-{name}.npy"
    return {
        "id": name,
        "description": description,
        "axes": axes,
        "data": {"type": "float32"},
        "test_tensor": {"source": file.name, "sha256": sha256(file)},
    }


def card(settings, head, credits, qualities, folder):
    """The model description of bioimage.io (format 0.5), with what PosteriorJ needs under config."""
    network, denoiser = folder / "consistency-model.pt", folder / "denoiser.pt"
    batch = [{"type": "batch"}]
    image = [*batch, {"type": "channel", "channel_names": ["intensity"]}]
    return {
        "format_version": "0.5.4",
        "type": "model",
        **head,
        "documentation": "README.md",
        "inputs": [
            tensor(
                "noisy",
                "image with added white noise of standard deviation sigma, values in [-1, 1] before it",
                image + space(),
                folder,
            ),
            tensor("sigma", "the noise level of each image of the batch", batch, folder),
        ],
        "outputs": [
            tensor(
                "clean", "the estimate of the image without noise", image + space("noisy"), folder
            )
        ],
        "weights": {
            "torchscript": {
                "source": network.name,
                "sha256": sha256(network),
                "pytorch_version": torch.__version__.split("+")[0],
            }
        },
        "config": {
            "posteriorj": {
                "sha256": sha256(network),
                "denoiser": {"source": denoiser.name, "sha256": sha256(denoiser)},
                "sigma_min": SIGMA_MIN,
                "sigma_max": SIGMA_MAX,
                "sigma_data": SIGMA_DATA,
                "value_range": [-1, 1],
                "size_multiple": SIZE_MULTIPLE,
                "minimum_size": MINIMUM_SIZE,
                "channels": 1,
                "gradient_bytes_per_pixel": 4400,
                "intermediate_sigma": settings["intermediate_sigma"],
                "training": {
                    "settings": {
                        key: settings[key]
                        for key in ("seed", "patch", "network", "defaults", "stages")
                    },
                    "images": credits,
                },
                **({"quality": qualities} if qualities else {}),
            }
        },
    }


def install(settings_file, run, folder):
    """Makes the prior's folder from the checkpoints and the qualities of a run."""
    settings = yaml.safe_load(settings_file.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    stages = settings["stages"]
    last_denoiser = [s["name"] for s in stages if s["objective"] == "denoising"][-1]
    for name, stage in {"denoiser": last_denoiser, "consistency-model": stages[-1]["name"]}.items():
        weights = torch.load(run / f"{stage}.pt", map_location="cpu")["average"]
        model = model_of(settings, weights, torch.device("cpu"))
        write_torchscript(model, folder / f"{name}.pt")
    write_test_tensors(model, folder)
    qualities = run / "quality.yaml"
    described = card(
        settings,
        yaml.safe_load((settings_file.parent / settings["card"]).read_text()),
        yaml.safe_load((settings_file.parent / settings["credits"]).read_text()),
        yaml.safe_load(qualities.read_text()) if qualities.exists() else {},
        folder,
    )
    part = folder / "rdf.yaml.part"
    part.write_text(yaml.dump(described, Dumper=PlainDumper, **PlainDumper.STYLE))
    part.replace(folder / "rdf.yaml")
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
