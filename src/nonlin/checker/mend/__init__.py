"""Mending: from an operation on the tape to the edit of the user's source that puts it right.

A recipe is a function that takes operations and gives edits; a rule puts what it gives into `Fix(edits=...)`. Where a
recipe is not certain it gives no edit, and the finding keeps its advice in words. Nothing here runs the user's code:
whether an edit did what it should is proven by checking the target again (`nonlin.cli`).

From below: `source` reads a file, `changes` replaces pieces of it, `names` tells what names mean there, `bindings` which
reads see a stored value, `objects` which expressions denote one module, `written` how an operation is spelled, `reads`
who reads an expression's value, `reach` what else an edit changes; `recipes` holds the recipes; `apply` writes to disk.
"""
