"""Layer 7: nonlin where people work; each module is imported by the tool that it is for."""
