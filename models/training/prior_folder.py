"""What a prior's folder holds: TorchScript networks, test tensors, and the card rdf.yaml."""

import hashlib
import multiprocessing
import re
import zipfile
from concurrent import futures

import numpy as np
import torch
import yaml

NETWORK = "consistency-model.pt"
DENOISER = "denoiser.pt"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_torchscript(model, path, shape=(1, 48, 64)):
    """Writes a model of images of a shape and their noise levels."""
    # Different sides and levels: a size that the trace took for a constant would show at once.
    write_traced(model, path, (torch.randn(2, *shape), torch.tensor([0.5, 3.0])))


def write_traced(model, path, inputs):
    """Traces the model; the same network gives the same file, byte by byte.

    A trace numbers the classes that it meets on from those that its process has met before, hence a
    process of its own. Paths of this machine and dates are left out.
    """
    spawn = multiprocessing.get_context("spawn")
    with futures.ProcessPoolExecutor(max_workers=1, mp_context=spawn) as executor:
        executor.submit(trace, model, path, inputs).result()


def trace(model, path, inputs):
    traced = torch.jit.trace(model, inputs, check_trace=False)
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
    sigma = torch.tensor([80, 0.8, 0.01])
    noisy = sigma[:, None, None, None] * torch.randn(3, *shape, generator=generator)
    with torch.no_grad():
        clean = model(noisy, sigma)
    for name, tensor in {"noisy": noisy, "sigma": sigma, "clean": clean}.items():
        np.save(folder / f"test-{name}.npy", tensor.numpy())


class PlainDumper(yaml.SafeDumper):
    """Writes what occurs twice twice, in the place of a reference."""

    def ignore_aliases(self, data):
        return True


def space(size):
    return [{"type": "space", "id": axis, "size": size(axis)} for axis in "yx"]


def tensor(name, description, axes, folder):
    file = folder / f"test-{name}.npy"
    return {
        "id": name,
        "description": description,
        "axes": axes,
        "data": {"type": "float32"},
        "test_tensor": {"source": file.name, "sha256": sha256(file)},
    }


def write_card(folder, head, channel_names, constants):
    """The model description of bioimage.io (format 0.5), with what PosteriorJ needs under config.

    head: name, description, license and whatever else stands at the top.
    constants: the entries of config.posteriorj, but for the channels and the hash.
    """
    batch = [{"type": "batch"}]
    image = [*batch, {"type": "channel", "channel_names": channel_names}]
    sizes = {"min": constants["minimum_size"], "step": constants["size_multiple"]}
    sha = sha256(folder / NETWORK)
    card = {
        "format_version": "0.5.4",
        "type": "model",
        **head,
        "documentation": "README.md",
        "inputs": [
            tensor(
                "noisy",
                "image with added white noise of standard deviation sigma, values in [-1, 1] before it",
                image + space(lambda axis: sizes),
                folder,
            ),
            tensor("sigma", "the noise level of each image of the batch", batch, folder),
        ],
        "outputs": [
            tensor(
                "clean",
                "the estimate of the image without noise",
                image + space(lambda axis: {"tensor_id": "noisy", "axis_id": axis}),
                folder,
            )
        ],
        "weights": {
            "torchscript": {
                "source": NETWORK,
                "sha256": sha,
                "pytorch_version": torch.__version__.split("+")[0],
            }
        },
        "config": {
            "posteriorj": {
                "sha256": sha,
                "channels": len(channel_names),
                **constants,
            }
        },
    }
    part = folder / "rdf.yaml.part"
    part.write_text(
        yaml.dump(card, Dumper=PlainDumper, sort_keys=False, width=110, default_flow_style=None)
    )
    part.replace(folder / "rdf.yaml")
