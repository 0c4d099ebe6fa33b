"""Makes brightness-classes.pt: a network that tells dark pixels from bright ones, as logits of two classes.

It stands in for a trained segmentation where only the kind of the operator matters: forward(x [N, 1, H, W]) gives
logits [N, 2, H, W] whose difference is SHARPNESS times how far the mean of 3 x 3 pixels is above THRESHOLD, in images
with values in [-1, 1]. Nothing is trained or random.

    python make_brightness_classes.py
"""

import pathlib
import zipfile

import torch
from torch import nn

SHARPNESS = 20.0
THRESHOLD = -0.5


class BrightnessClasses(nn.Module):
    def __init__(self):
        super().__init__()
        self.border = nn.ReplicationPad2d(1)
        self.mean = nn.AvgPool2d(3, stride=1)
        self.sharpness = SHARPNESS
        self.threshold = THRESHOLD

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        difference = self.sharpness * (self.mean(self.border(x)) - self.threshold)
        return torch.cat((-0.5 * difference, 0.5 * difference), 1)


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
    save(BrightnessClasses().eval(), pathlib.Path(__file__).with_name("brightness-classes.pt"))
