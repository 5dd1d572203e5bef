"""Writes vector-scaling.json: vector scaling by SciPy, of made-up logits.

Run from this folder: python3 make_vector_scaling.py      (numpy, scipy, scikit-learn)
"""
import json
import numpy as np, scipy, sklearn
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.metrics import log_loss

rng = np.random.default_rng(5)
N, K, T = 90, 4, 1.3
labels = rng.integers(K, size=N)
logits = np.round(rng.normal(size=(N, K)) * 2 + 2.5 * np.eye(K)[labels] * [1, 0.4, 1, 1.5] + [0, 1, 0, -0.5], 4)

def loss(w, b):
    value = -log_softmax(w * logits / T + b, axis=1)[np.arange(N), labels].mean()
    assert abs(value - log_loss(labels, np.exp(log_softmax(w * logits / T + b, axis=1)))) < 1e-12
    return value

def objective(x, s):
    w, b = x[:K], x[K:]
    p = np.exp(log_softmax(w * logits / T + b, axis=1)) - np.eye(K)[labels]
    value = loss(w, b) + s / (2 * N) * (((w - 1) ** 2).sum() + (b ** 2).sum())
    slope = np.concatenate([(p * logits / T).mean(0) + s / N * (w - 1), p.mean(0) + s / N * b])
    return value, slope

fits = []
for s in [1.0, 30.0, 1000.0]:
    found = minimize(objective, np.concatenate([np.ones(K), np.zeros(K)]), args=(s,), jac=True,
                     method="BFGS", options={"gtol": 1e-10, "maxiter": 10000})
    fits.append({"strength": s, "scales": found.x[:K].tolist(), "biases": found.x[K:].tolist(),
                 "objective": found.fun, "logLoss": loss(found.x[:K], found.x[K:])})
json.dump({"made": f"make_vector_scaling.py, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, numpy {np.__version__}",
           "temperature": T, "logits": logits.tolist(), "labels": labels.tolist(), "fits": fits},
          open("vector-scaling.json", "w"), indent=None, separators=(",", ":"))
