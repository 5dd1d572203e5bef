"""Writes softmax-regression.json: what scikit-learn's logistic regression gives."""

import json

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20261127)
labels = np.arange(90) % 3
features = np.round(random.normal(size=(90, 5)) + 0.8 * labels[:, None] * [1, -1, 0.5, 0, 0], 3)
features[:, 3] = features[:, 3] * 100 + 1000  # another unit, far from 0
features[:, 4] = 7  # does not vary

deviation = np.where(features.std(axis=0) > 0, features.std(axis=0), 1)
standardised = (features - features.mean(axis=0)) / deviation
cases = []
for c in (0.003, 0.1, 10):
    model = LogisticRegression(C=c, tol=1e-12, max_iter=100_000).fit(standardised, labels)
    probabilities = model.predict_proba(standardised[:10])
    cases.append({"c": c, "probabilities": np.round(probabilities, 12).tolist()})
with open("softmax-regression.json", "w", encoding="utf-8") as file:
    json.dump(
        {
            "madeBy": f"softmax_regression.py, scikit-learn {sklearn.__version__}",
            "features": features.tolist(),
            "labels": labels.tolist(),
            "cases": cases,
        },
        file,
    )
    file.write("\n")
