"""代班与授权: somebody stands in for somebody else on some days; the right lapses by itself."""
