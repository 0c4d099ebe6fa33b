"""Prints the values that FeatureMetricsTest expects, by torch-fidelity 0.4.0, lpips 0.1.4, PyTorch 2.13 and NumPy.

    python make_feature_metrics.py

torch-fidelity's functions take the features themselves, and lpips' functions the maps of each layer. Mean IoU is
computed with sets of positions, by its definition.
"""

import lpips
import numpy as np
import torch
from lpips.lpips import spatial_average
from torch_fidelity import metric_fid, metric_kid


def rows(count, features, phase, gain):
    """[count, features] float32."""
    i = np.arange(count * features, dtype=np.float64)
    values = gain * np.sin(1.7 * i * i / 100 + phase) + 0.3 * np.cos(phase + i % features)
    return values.astype(np.float32).reshape(count, features)


def maps(phase):
    """Two maps, [1, 3, 4, 5] and [1, 6, 2, 3]."""
    return [
        torch.from_numpy(rows(channels, places, phase, 1.0)).double().reshape(1, channels, height, -1)
        for channels, places, height in ((3, 20, 4), (6, 6, 2))
    ]


if __name__ == "__main__":
    a, b = (x.astype(np.float64) for x in (rows(40, 5, 0.2, 1.0), rows(40, 5, 1.1, 1.3)))
    few = rows(4, 5, 0.7, 1.0).astype(np.float64)
    for name, other in (("b", b), ("few", few)):
        statistics = [
            {"mu": np.mean(x, axis=0), "sigma": np.cov(x, rowvar=False)} for x in (a, other)
        ]
        print("FID", name, metric_fid.fid_statistics_to_metric(*statistics, verbose=False))
    settings = {"kid_kernel_poly_degree": 3, "kid_kernel_poly_gamma": None, "kid_kernel_poly_coef0": 1}
    kernels = [metric_kid.kernel_poly(x, y, **settings) for x, y in ((a, a), (a, b), (b, b))]
    print("KID", repr(metric_kid.mmd2(*kernels)))
    distance = 0
    for x, y in zip(maps(0.2), maps(0.9)):
        squares = (lpips.normalize_tensor(x) - lpips.normalize_tensor(y)) ** 2
        distance += spatial_average(squares.sum(1, keepdim=True)).item()
    print("LPIPS", distance)
    logits = rows(4, 30, 0.4, 2.0)
    labels = (np.arange(30) * 7 % 30 // 10).astype(np.int64)
    loss = torch.nn.functional.cross_entropy(*map(torch.from_numpy, (logits.T.astype(float), labels)))
    print("cross-entropy", loss.item())
    predicted = logits.argmax(0)
    print("accuracy", np.mean(predicted == labels))
    overlaps = []
    for each in {*labels, *predicted}:
        there, found = ({*np.flatnonzero(x == each)} for x in (labels, predicted))
        overlaps.append(len(there & found) / len(there | found))
    print("mean IoU", np.mean(overlaps))
