package dev.weft;

/** When the tasks of a test begin. */
enum Start {
    LAZY(TaskFactory.LAZY),
    EAGER(TaskFactory.EAGER);

    final TaskFactory tasks;

    Start(TaskFactory tasks) {
        this.tasks = tasks;
    }
}
