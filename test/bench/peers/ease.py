# needs: numpy scipy
"""EASE in NumPy (LAPACK) on the events of the file named first."""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = sys.argv[2]
import numpy as np
from scipy.sparse import csr_matrix

pairs = np.fromfile(sys.argv[1], dtype="<i4").reshape(-1, 2)
cells = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])))
cells.data[:] = 1
start = time.perf_counter()
gram = (cells.T @ cells).toarray()
gram[np.diag_indices_from(gram)] += 250
inverse = np.linalg.inv(gram)
weights = -inverse / np.diag(inverse)
np.fill_diagonal(weights, 0)
print(json.dumps({"name": "ease", "peer": "NumPy", "seconds": time.perf_counter() - start}))
