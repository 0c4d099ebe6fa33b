"""Makes neural-blur.pt: a small network that blurs, each place in its own way.

It stands in for a trained network that encodes blurs (Tran et al., "Explore image deblurring via encoded blur kernel
space", CVPR 2021) where only the kind of the operator matters: differentiable, not linear, changed by a random code.
Its weights are random numbers of a fixed seed; nothing is trained.

    forward(x [N, C, H, W], code [1, 16]) -> [N, C, H, W], any size and any number of channels

The code chooses six kernels, each an oblong Gaussian somewhere near the middle. What the image shows at a place chooses
how they are mixed there: y(p) = sum_b w_b(x, code)(p) (k_b(code) * x)(p), where the w_b sum to 1. So a constant image
stays constant.

    python make_neural_blur.py
"""

import math
import pathlib
import zipfile

import torch
from torch import nn
from torch.nn import functional as F

SEED = 21
CODE = 16
KERNELS = 6
REACH = 7
FEATURES = 8


class NeuralBlur(nn.Module):
    def __init__(self):
        super().__init__()
        # Its shape tells PosteriorJ that the network takes a random code; its values are never used.
        self.code = nn.Parameter(torch.zeros(1, CODE))
        self.kernel_parameters = nn.Linear(CODE, 5 * KERNELS)
        self.modulation = nn.Linear(CODE, FEATURES)
        self.kernel_border = nn.ReplicationPad2d(REACH)
        self.first_border = nn.ReplicationPad2d(2)
        self.first = nn.Conv2d(1, FEATURES, 5)
        self.second_border = nn.ReplicationPad2d(4)
        self.second = nn.Conv2d(FEATURES, FEATURES, 3, dilation=4)
        self.mixture = nn.Conv2d(FEATURES, KERNELS, 1)
        axis = torch.arange(-REACH, REACH + 1.0)
        self.register_buffer("rows", axis[:, None].expand(2 * REACH + 1, 2 * REACH + 1).clone())
        self.register_buffer("columns", axis[None, :].expand(2 * REACH + 1, 2 * REACH + 1).clone())

    def kernels(self, code: torch.Tensor) -> torch.Tensor:
        """Oblong Gaussians of sum 1, [KERNELS, 1, 15, 15]."""
        p = torch.tanh(self.kernel_parameters(code)).reshape(-1, 1, 5, 1, 1)
        angle = math.pi * p[:, :, 0]
        long = 1.9 + 1.1 * p[:, :, 1]
        short = 0.9 + 0.3 * p[:, :, 2]
        x = self.columns - 1.5 * p[:, :, 3]
        y = self.rows - 1.5 * p[:, :, 4]
        along = (x * torch.cos(angle) + y * torch.sin(angle)) / long
        across = (y * torch.cos(angle) - x * torch.sin(angle)) / short
        logarithm = -(along * along + across * across) / 2
        return torch.softmax(logarithm.flatten(1), 1).reshape(logarithm.size())

    def mixing(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        """Weights of the kernels at each pixel, [N, KERNELS, H, W]."""
        h = F.silu(self.first(self.first_border(x)))
        h = h * (1 + self.modulation(code)[:, :, None, None])
        h = F.silu(self.second(self.second_border(h)))
        return torch.softmax(4 * self.mixture(h), 1)

    def forward(self, x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
        # Each channel is an image of its own.
        gray = x.reshape(-1, 1, x.size(2), x.size(3))
        blurred = F.conv2d(self.kernel_border(gray), self.kernels(code))
        return (self.mixing(gray, code) * blurred).sum(1).reshape(x.size())


def make():
    torch.manual_seed(SEED)
    network = NeuralBlur()
    with torch.no_grad():
        for layer in (network.kernel_parameters, network.modulation):
            layer.weight.normal_(0, 1 / math.sqrt(CODE))
            layer.bias.normal_(0, 0.5)
        for layer in (network.first, network.second, network.mixture):
            fan = layer.weight[0].numel()
            layer.weight.normal_(0, 1.5 / math.sqrt(fan))
            layer.bias.normal_(0, 0.3)
    return network.eval()


def save(network, path):
    """Saves TorchScript without the entries that tell the paths of this computer."""
    whole = path.with_suffix(".whole")
    torch.jit.script(network).save(str(whole))
    part = path.with_suffix(".part")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(part, "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                name = path.stem + entry.filename[entry.filename.index("/") :]
                target.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), source.read(entry))
    whole.unlink()
    part.replace(path)


if __name__ == "__main__":
    save(make(), pathlib.Path(__file__).with_name("neural-blur.pt"))
