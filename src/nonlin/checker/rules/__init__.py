"""The rules of `nonlin check`, one file each; the folder is the registry."""
