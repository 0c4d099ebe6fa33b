"""Writes draws of several chains, and what ArviZ says of them, for ReferenceDiagnosticsTest.

Needs Python 3.11, arviz 0.23.4, numpy, scipy. Run in this folder: python make_reference.py
The diagnostics are taken of the draws as written, with six decimals.
"""

import arviz
import numpy as np
from scipy.signal import lfilter

DRAWS, CHAINS = 60, 4
random = np.random.default_rng(20210601)


def autoregressive(correlation, draws=DRAWS, chains=CHAINS):
    """A stationary AR(1) process of unit variance, [chains, draws]."""
    noise = random.normal(size=(chains, draws + 1000)) * np.sqrt(1 - correlation**2)
    return lfilter([1], [1, -correlation], noise, axis=1)[:, 1000:]


def independent(draws=DRAWS, chains=CHAINS):
    return random.normal(size=(chains, draws))


CASES = {
    "independent": independent(),
    "slow": autoregressive(0.8),
    "very slow": autoregressive(0.98),
    "alternating": autoregressive(-0.6),
    "one chain elsewhere": independent() + np.array([[0], [0], [0], [2]]),
    "one chain wider": independent() * np.array([[1], [1], [1], [4]]),
    "drifting": independent() + np.linspace(0, 2, DRAWS),
    "heavy tails": random.standard_cauchy(size=(CHAINS, DRAWS)),
    "few values": np.round(autoregressive(0.5) * 1.5),
    "large offset": 1e4 + autoregressive(0.5),
    "one chain": autoregressive(0.5, chains=1),
    "many short chains": autoregressive(0.3, draws=12, chains=16),
    "two modes": np.sign(autoregressive(0.97)) * 3 + independent(),
}

with open("draws.csv", "w") as draws_file, open("arviz.csv", "w") as result_file:
    result_file.write("case,r_hat,bulk,tail,mean_size,mean_error\n")
    for case, exact in CASES.items():
        draws = np.round(exact, 6)
        for chain in draws:
            draws_file.write(case + "," + ",".join(f"{draw:.6f}" for draw in chain) + "\n")
        results = [
            arviz.rhat(draws, method="rank"),
            arviz.ess(draws, method="bulk"),
            arviz.ess(draws, method="tail"),
            arviz.ess(draws, method="mean"),
            arviz.mcse(draws, method="mean"),
        ]
        result_file.write(case + "," + ",".join(f"{result:.12g}".replace("nan", "NaN") for result in results) + "\n")
