"""Time: threads that are joined and never end

Locks in a circle, waited for in C. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import threading

first, second = threading.Lock(), threading.Lock()
first.acquire()
threads = [threading.Thread(target=first.acquire) for _ in range(20)]
for thread in threads: thread.start()
while True:
    try: threads[0].join()
    except BaseException: pass
