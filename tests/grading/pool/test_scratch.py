import pytest

import tests.grading.pool.test_pool as m
from tests.grading.pool.test_pool import *


@pytest.mark.parametrize("n", range(12))
def test_killer(pool, tmp_path, n):
    m.test_a_worker_killer_gets_that_verdict_and_no_one_else_does(pool, tmp_path)
