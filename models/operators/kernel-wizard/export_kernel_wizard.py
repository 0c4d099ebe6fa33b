"""Exports a trained KernelWizard, a network that blurs as a random code tells it, as an operator for PosteriorJ.

The weights are published by the authors of "Explore image deblurring via encoded blur kernel space" (Tran, Tran, Phung,
Hoai, CVPR 2021; https://github.com/VinAIResearch/blur-kernel-space-exploring). Only those trained as a variational
autoencoder (GOPRO_wVAE.pth) have codes that can be drawn at random. With PyTorch and the downloaded file:

    python export_kernel_wizard.py GOPRO_wVAE.pth kernel-wizard.pt

The exported network takes images of any size and of one or three channels, in [-1, 1]:

    forward(x [N, C, H, W], code [1, 512, 8, 8]) -> [N, C, H, W]

with a code of numbers drawn from N(0, 1): 512 for each 128 x 128 pixels, repeated beyond 1024. PosteriorJ draws it from
the run's seed. With --seed the code is drawn here and written into the file, whose forward then takes x alone.

Nothing is clipped: a clipped output would have no gradient where it is bright or dark.
"""

import argparse
import pathlib
import re
import zipfile

import torch
from torch import nn
from torch.nn import functional as F

# Pixels of the image for one place of the code: two strides in the features, five in the U-Net.
TILE = 128
CODE_TILES = 8
# The standard deviation that the authors draw codes with.
CODE_SCALE = 1.2


def convolution(weights, name, stride=1):
    """A convolution with the weights of that name; its padding keeps size / stride."""
    weight = weights[f"{name}.weight"]
    bias = weights.get(f"{name}.bias")
    outputs, inputs, side, _ = weight.shape
    layer = nn.Conv2d(inputs, outputs, side, stride, (side - 1) // 2, bias=bias is not None)
    return filled(layer, weight, bias)


def upsampling(weights, name):
    """A transposed convolution that doubles the size."""
    weight = weights[f"{name}.weight"]
    bias = weights.get(f"{name}.bias")
    inputs, outputs, side, _ = weight.shape
    return filled(nn.ConvTranspose2d(inputs, outputs, side, 2, 1, bias=bias is not None), weight, bias)


def filled(layer, weight, bias):
    with torch.no_grad():
        layer.weight.copy_(weight)
        if bias is not None:
            layer.bias.copy_(bias)
    return layer


def residual_blocks(weights, prefix, first):
    """The residual blocks prefix.first, prefix.(first + 1) ..., as many as there are."""
    blocks = []
    while f"{prefix}.{first + len(blocks)}.conv1.weight" in weights:
        name = f"{prefix}.{first + len(blocks)}"
        blocks.append(Residual(convolution(weights, f"{name}.conv1"), convolution(weights, f"{name}.conv2")))
    return blocks


class Residual(nn.Module):
    def __init__(self, first, second):
        super().__init__()
        self.first = first
        self.second = second

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(F.relu(self.first(x)))


class Adapter(nn.Module):
    """A U-Net of five levels into whose lowest one the code is put."""

    def __init__(self, weights):
        super().__init__()
        names = ["adapter.model" + ".submodule" * level for level in range(5)]
        # The outermost level has no activation in front of its convolution.
        self.down = nn.ModuleList(
            [convolution(weights, f"{name}.down.{min(level, 1)}", 2) for level, name in enumerate(names)]
        )
        self.up = nn.ModuleList([upsampling(weights, f"{name}.up.1") for name in reversed(names)])

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        skips = [x]
        for level, down in enumerate(self.down):
            if level > 0:
                # What the skip connections pass on has gone through the activation, too.
                x = F.leaky_relu(x, 0.2)
                skips.append(x)
            x = down(x)
        x = torch.cat([x, code], 1)
        for level, up in enumerate(self.up):
            if level > 0:
                x = torch.cat([x, skips[len(skips) - level]], 1)
            x = up(F.relu(x))
        return torch.tanh(x)


class KernelWizard(nn.Module):
    """The blurring half of the published network: x + trunk(adapter(features(x), code)), x in [0, 1]."""

    def __init__(self, weights):
        super().__init__()
        slope = 0.1
        front = residual_blocks(weights, "feature_extractor", 6)
        back = residual_blocks(weights, "recon_trunk", 0)
        self.features = nn.Sequential(
            convolution(weights, "feature_extractor.0"),
            nn.LeakyReLU(slope),
            convolution(weights, "feature_extractor.2", 2),
            nn.LeakyReLU(slope),
            convolution(weights, "feature_extractor.4", 2),
            nn.LeakyReLU(slope),
            *front,
        )
        self.adapter = Adapter(weights)
        tail = len(back)
        self.trunk = nn.Sequential(
            *back,
            convolution(weights, f"recon_trunk.{tail}"),
            nn.PixelShuffle(2),
            nn.LeakyReLU(slope),
            convolution(weights, f"recon_trunk.{tail + 3}"),
            nn.PixelShuffle(2),
            nn.LeakyReLU(slope),
            convolution(weights, f"recon_trunk.{tail + 6}"),
            nn.LeakyReLU(slope),
            convolution(weights, f"recon_trunk.{tail + 8}"),
        )

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        return x + self.trunk(self.adapter(self.features(x), code))


class CodedBlur(nn.Module):
    """KernelWizard for images of any size in [-1, 1], with a code that the caller draws."""

    def __init__(self, wizard, dimension):
        super().__init__()
        self.wizard = wizard
        self.scale = CODE_SCALE
        self.tile = TILE
        # Its shape tells PosteriorJ that the network takes a random code; its values are never used.
        self.code = nn.Parameter(torch.zeros(1, dimension, CODE_TILES, CODE_TILES))

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        channels, height, width = x.size(1), x.size(2), x.size(3)
        rows = (height + self.tile - 1) // self.tile
        columns = (width + self.tile - 1) // self.tile
        below, right = rows * self.tile - height, columns * self.tile - width
        image = F.pad((x + 1) / 2, [0, right, 0, below], "replicate")
        tiles = code.repeat(1, 1, (rows - 1) // code.size(2) + 1, (columns - 1) // code.size(3) + 1)
        tiles = self.scale * tiles[:, :, :rows, :columns].expand(x.size(0), -1, -1, -1)
        if channels == 1:
            # Gray images go in as three equal channels, and their mean comes out.
            blurred = self.wizard(image.expand(-1, 3, -1, -1), tiles).mean(1, keepdim=True)
        else:
            blurred = self.wizard(image, tiles)
        return 2 * blurred[:, :, :height, :width] - 1


class FrozenBlur(nn.Module):
    """CodedBlur with a code of its own."""

    def __init__(self, blur, seed):
        super().__init__()
        self.blur = blur
        generator = torch.Generator().manual_seed(seed)
        self.register_buffer("frozen", torch.randn(blur.code.shape, generator=generator))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.blur(x, self.frozen)


def coded_blur(weights):
    """The operator of a published state dict."""
    # Saved from several GPUs, the names begin with "module.".
    weights = {name.removeprefix("module."): value.float() for name, value in weights.items()}
    missing = [name for name in ("feature_extractor.0.weight", "adapter.model.up.1.weight") if name not in weights]
    if missing:
        raise SystemExit(f"These are no weights of a KernelWizard: {', '.join(missing)} is missing.")
    wizard = KernelWizard(weights)
    used = sum(parameter.numel() for parameter in wizard.parameters())
    kept = sum(value.numel() for name, value in weights.items() if not name.startswith("kernel_extractor."))
    if used != kept:
        raise SystemExit(f"The network has {used} weights, but the file {kept}: it is of another version.")
    lowest = weights["adapter.model" + ".submodule" * 4 + ".up.1.weight"].shape[0]
    return CodedBlur(wizard, lowest - wizard.adapter.down[-1].out_channels).eval()


def save(network, path):
    """Saves TorchScript without the entries that tell the paths of this computer."""
    whole = path.with_suffix(".whole")
    torch.jit.script(network).save(str(whole))
    part = path.with_suffix(".part")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(part, "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                target.writestr(re.sub(r"^[^/]*", path.stem, entry.filename), source.read(entry))
    whole.unlink()
    part.replace(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path, help="the published state dict, GOPRO_wVAE.pth")
    parser.add_argument("network", type=pathlib.Path, help="the TorchScript file to write")
    parser.add_argument("--seed", type=int, help="write a code of this seed into the file")
    arguments = parser.parse_args()
    blur = coded_blur(torch.load(arguments.weights, map_location="cpu", weights_only=True))
    save(blur if arguments.seed is None else FrozenBlur(blur, arguments.seed), arguments.network)


if __name__ == "__main__":
    main()
