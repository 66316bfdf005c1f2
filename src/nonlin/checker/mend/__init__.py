"""Mending: from an operation on the tape to the edit of the user's source that puts it right.

A recipe is a function that takes operations and gives edits; a rule puts what it gives into `Fix(edits=...)`. Where a
recipe is not certain it gives no edit, and the finding keeps its advice in words. Nothing here runs the user's code:
whether an edit did what it should is proven by checking the target again (`nonlin.cli`).

From below: `source` reads a file, `changes` replaces pieces of it, `names` tells what names mean there, `written` how an
operation is spelled, `bindings` which reads see a stored value, `callers` who calls a function or a module, `reads` who
reads an expression's value; `recipes` holds the recipes, one in a file; `apply` writes edits to disk.
"""
