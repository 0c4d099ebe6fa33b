"""Makes a prior of a published consistency model (RGB).

    python export_published.py cd_bedroom256_lpips.pt --architecture bedroom256 --license MIT --install ../bedroom
    python export_published.py FOLDER --class 207 --license MIT --install ../retriever

The first form reads a checkpoint of OpenAI (Song et al. 2023), whose architecture
is given by a name. The second reads a folder that diffusers' ConsistencyModelPipeline
has saved, with its weights as safetensors. Of a class-conditional network one
class is chosen; it becomes a part of the prior.
"""

import argparse
import pathlib
import sys

import torch
from prior_folder import NETWORK, sha256, write_card, write_test_tensors, write_torchscript
from published import ARCHITECTURES, read_diffusers, read_openai

# Two pixels at least on the coarsest level of the larger networks.
MINIMUM_SIZE = 64
TOLERANCE = 1e-4
CITATIONS = [
    {
        "text": "Song, Dhariwal, Chen and Sutskever. Consistency Models. ICML 2023.",
        "url": "https://arxiv.org/abs/2303.01469",
    }
]


def canvas(architecture):
    """A canvas that is not square, with two coarsest pixels more than the smallest one."""
    return (
        architecture.image_channels,
        MINIMUM_SIZE,
        MINIMUM_SIZE + 2 * architecture.size_multiple,
    )


def gradient_bytes_per_pixel(model):
    """What PyTorch keeps for the gradient with respect to the input, for each number of noise."""
    shape = canvas(model.network.architecture)
    x = torch.zeros(1, *shape, requires_grad=True)
    weights = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    kept = {}

    def keep(saved):
        storage = saved.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage.nbytes()
        return saved

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda saved: saved):
        output = model(x, torch.full((1,), model.sigma_max))
        total = sum(kept.values())
        del output
    return round(total / x.numel())


def largest_difference(model, file):
    """Between the network and its file, on another canvas and batch than the traced one."""
    channels, height, width = canvas(model.network.architecture)
    generator = torch.Generator().manual_seed(1)
    sigma = torch.tensor([model.sigma_max, 1.0, model.sigma_min])
    noise = torch.randn(3, channels, width, height, generator=generator)
    x = sigma[:, None, None, None] * noise
    with torch.no_grad():
        difference = torch.jit.load(file)(x, sigma) - model(x, sigma)
    return difference.abs().max().item()


def write_prior_card(model, arguments, folder):
    architecture = model.network.architecture
    label = model.network.label
    head = {
        "name": folder.name,
        "description": f"A published consistency model of RGB images, {arguments.source.name}"
        + ("." if label is None else f", class {label}."),
        "license": arguments.license,
        "cite": CITATIONS,
    }
    constants = {
        "value_range": [-1, 1],
        "sigma_min": model.sigma_min,
        "sigma_max": model.sigma_max,
        "sigma_data": model.sigma_data,
        "size_multiple": architecture.size_multiple,
        "minimum_size": MINIMUM_SIZE,
        "gradient_bytes_per_pixel": gradient_bytes_per_pixel(model),
        "source": {
            "file": arguments.source.name,
            **({"class": label} if label is not None else {}),
            **({"sha256": sha256(arguments.source)} if arguments.source.is_file() else {}),
        },
    }
    write_card(folder, head, ["red", "green", "blue"], constants)


def readme(model, arguments, name):
    architecture = model.network.architecture
    label = model.network.label
    return f"""# {name}

A consistency model of RGB images, exported from `{arguments.source.name}` for PosteriorJ.

- **Network.** The U-Net of Dhariwal and Nichol (2021) with {architecture.channels} channels and attention, trained by Song et al.
  (2023) on images of {architecture.image_size} x {architecture.image_size} pixels. Its norms and its attention see the whole canvas, so that it is not
  translation-equivariant: on other sizes than its own it has not been trained.
- **Class.** {"None: the network is unconditional." if label is None else f"{label}, of {architecture.classes}. Other classes need an export of their own."}
- **Licence.** {arguments.license}, of the weights' publisher.
"""


def install(model, arguments):
    """Writes the prior's folder."""
    folder = arguments.install.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    network = folder / NETWORK
    shape = canvas(model.network.architecture)
    write_torchscript(model, network, shape)
    difference = largest_difference(model, network)
    if not difference < TOLERANCE:
        network.unlink()
        raise ValueError(f"The TorchScript file differs from the network by {difference}.")
    write_test_tensors(model, folder, shape)
    (folder / "README.md").write_text(readme(model, arguments, folder.name))
    write_prior_card(model, arguments, folder)
    print(f"{folder}: the TorchScript file differs from the network by {difference:.1e} at most")


def read(arguments):
    if arguments.source.is_dir():
        return read_diffusers(arguments.source, arguments.label)
    if arguments.architecture is None:
        raise ValueError("A checkpoint needs --architecture: " + ", ".join(ARCHITECTURES) + ".")
    return read_openai(arguments.source, ARCHITECTURES[arguments.architecture], arguments.label)


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=pathlib.Path, help="a .pt file, or a folder of diffusers")
    parser.add_argument("--architecture", choices=ARCHITECTURES, help="of a .pt file")
    parser.add_argument("--class", dest="label", type=int, help="of a class-conditional network")
    parser.add_argument("--license", required=True, help="SPDX identifier of the weights' licence")
    parser.add_argument(
        "--install", type=pathlib.Path, required=True, help="the prior's new folder"
    )
    arguments = parser.parse_args(words)
    try:
        install(read(arguments), arguments)
    except (ValueError, OSError) as problem:
        sys.exit(f"Nothing was exported. {problem}")


if __name__ == "__main__":
    main()
