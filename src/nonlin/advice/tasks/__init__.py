"""One file a task, each with a `TASK`; the file's name is the task's."""
