"""One module a command or group of commands; each has a Typer application called `app`."""
