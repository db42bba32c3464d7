"""What unit 07 stands on: guards, clouds of points, a filmed pendulum, stored latent planes."""
