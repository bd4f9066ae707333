# needs: numpy scipy implicit
"""iALS by implicit, 64 factors, 5 iterations, conjugate gradient, on the events of the file named first."""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
from scipy.sparse import csr_matrix
from implicit.als import AlternatingLeastSquares

pairs = np.fromfile(sys.argv[1], dtype="<i4").reshape(-1, 2)
cells = csr_matrix((np.ones(len(pairs), dtype=np.float32), (pairs[:, 0], pairs[:, 1])))
cells.data[:] = 2
model = AlternatingLeastSquares(factors=64, regularization=30, alpha=1, iterations=5, random_state=1, num_threads=int(sys.argv[2]))
start = time.perf_counter()
model.fit(cells, show_progress=False)
print(json.dumps({"name": "ials", "peer": "implicit", "seconds": time.perf_counter() - start}))
