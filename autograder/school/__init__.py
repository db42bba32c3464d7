"""A school on one machine: JupyterHub, accounts, kernels, exchange and data, from one file."""
