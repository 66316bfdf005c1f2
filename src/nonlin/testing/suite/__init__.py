"""The folder is the registry: each function here with the decorator of `nonlin.testing.check` is a column of the grid."""
