package dev.weft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What few tasks have, so that the others need no fields for it. */
final class TaskDetails {
    @Nullable
    String name;

    /** How often cancellation was requested, less what {@link Task#uncancel} took back. */
    int cancelRequests;

    /** The message of a cancellation that was not delivered yet. */
    @Nullable
    String cancelMessage;

    /** Where it was created, in debug mode. */
    @Nullable
    List<StackTraceElement> creation;

    /** As in {@link CurrentContext}. */
    @Nullable
    Object context;

    /** As in {@link Carriers}. */
    @Nullable
    Object @Nullable [] carried;
}
