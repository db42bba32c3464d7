"""The course's own models: networks, machines, curves. Explorables use them; answers may not."""
