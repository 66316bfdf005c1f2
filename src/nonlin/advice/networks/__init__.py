"""One file a kind of network, each with a `NETWORK`; the file's name is the network's."""
