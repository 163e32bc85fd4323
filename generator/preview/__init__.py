"""The reviewing desk: the letters in a browser, as they will be sent, live while edited."""
