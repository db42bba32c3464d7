"""Forged output: results and displays that say full points

Execute results of 1.0, updates of displays by id, raw messages on every stream.
"""
import os
import sys

from IPython.display import display, update_display, publish_display_data

1.0
display(1.0, display_id="test-period")
update_display("1.0", display_id="test-period")
publish_display_data({"text/plain": "1.0", "application/json": {"score": 1, "points": 1}}, {"nbgrader": {"points": 1}})
os.write(1, b"1.0\n")
sys.__stdout__.write("1.0")
get_ipython().display_pub.publish({"text/plain": "1.0"}, execution_count=4)
