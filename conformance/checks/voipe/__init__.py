"""What Voipe's pages promise, observed over both entry points and in the three formats."""
