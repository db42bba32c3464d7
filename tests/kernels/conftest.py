"""Students' kernels have fork servers of a test's own too."""

from tests.forkserver.conftest import fresh

__all__ = ["fresh"]
