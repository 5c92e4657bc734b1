"""Which BLAS a process has loaded, and the kernels that it chose for this processor."""

import ctypes
import os
import re

# Kernels of OpenBLAS to try, by the processor's feature that they need. Some versions choose much slower ones by themselves.
CORE_TYPES = {"avx512f": "SkylakeX", "avx2": "Haswell"}
OPENBLAS_PREFIXES = ["", "scipy_"]
OPENBLAS_SUFFIXES = ["", "64_", "_64"]


def loaded_libraries():
    """Paths of the shared libraries of this process that may be a BLAS; none where there is no /proc."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if ".so" in line}
    except OSError:
        return []
    return sorted(path for path in paths if re.search(r"blas|mkl|blis", os.path.basename(path)))


def openblas(path):
    """Version and kernels of an OpenBLAS, such as "OpenBLAS 0.3.21 Haswell"; None if it is another library."""
    library = ctypes.CDLL(path)
    for prefix in OPENBLAS_PREFIXES:
        for suffix in OPENBLAS_SUFFIXES:
            config = getattr(library, f"{prefix}openblas_get_config{suffix}", None)
            core = getattr(library, f"{prefix}openblas_get_corename{suffix}", None)
            if config is None or core is None:
                continue
            config.restype = core.restype = ctypes.c_char_p
            return f"{' '.join(config().decode().split()[:2])} {core().decode()}"
    return None


def core_types():
    """Kernels of OpenBLAS that this processor can run, where Linux lists its features."""
    try:
        with open("/proc/cpuinfo") as info:
            flags = next((line.split() for line in info if line.startswith("flags")), [])
    except OSError:
        return []
    return [core for feature, core in CORE_TYPES.items() if feature in flags]


def describe(mkl=False):
    """What to print of the BLAS, and whether it is known to be an optimised one."""
    libraries = loaded_libraries()
    for path in libraries:
        found = openblas(path)
        if found is not None:
            return {"blas": found, "optimised": True}
    if mkl or any("mkl" in os.path.basename(path) for path in libraries):
        return {"blas": "MKL", "optimised": True}
    if any("blis" in os.path.basename(path) for path in libraries):
        return {"blas": "BLIS", "optimised": True}
    if any("libblas" in os.path.basename(path) for path in libraries):
        return {"blas": "the reference BLAS", "optimised": False}
    return {"blas": "an unknown BLAS", "optimised": False}
