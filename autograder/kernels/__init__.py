"""Students' kernels: kernelspecs and the provisioner that forks them from a fork server."""
