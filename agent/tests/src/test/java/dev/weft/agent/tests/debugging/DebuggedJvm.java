package dev.weft.agent.tests.debugging;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.PrimitiveValue;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.corpus.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, with the agent and under the debugger that this class is. */
final class DebuggedJvm implements AutoCloseable {
    private static final long MILLIS = 60_000; // that the program may run from one event to the next

    /**
     * Where the program has stopped.
     *
     * @param mark the comment at the end of the line
     * @param variables all that the debugger sees, {@code type name} to value
     * @param self the value of the field {@code name} of {@code this}; null if there is no {@code this}
     */
    record Stop(
            String mark,
            int line,
            String method,
            Map<String, String> variables,
            @Nullable String self) {}

    private final Class<?> main;
    private final List<String> source;
    private final VirtualMachine vm;
    private final Thread drain;
    private @Nullable EventSet stoppedBy;

    private DebuggedJvm(Class<?> main, List<String> source, VirtualMachine vm) {
        this.main = main;
        this.source = source;
        this.vm = vm;
        drain = new Thread(() -> drain(vm.process().getInputStream()));
        drain.setDaemon(true);
        drain.start();
        ClassPrepareRequest prepared = vm.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(main.getName() + "*");
        prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepared.enable();
    }

    /** Starts a class up to its first line. */
    static DebuggedJvm start(Class<?> main, String agentOptions) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("main").setValue(main.getName());
        arguments
                .get("options")
                .setValue("\"" + ChildJvm.agentOption(agentOptions) + "\" -cp \""
                        + System.getProperty("java.class.path") + "\"");
        Path file = Path.of("src", "test", "java", main.getName().replace('.', '/') + ".java");
        return new DebuggedJvm(main, Files.readAllLines(file), connector.launch(arguments));
    }

    private static void drain(InputStream output) {
        try (output) {
            output.transferTo(System.out);
        } catch (IOException end) {
            // the JVM has ended
        }
    }

    /** Runs to the end, and tells where it has stopped on the way: at each line with a mark, as often as it got there. */
    List<Stop> stops() throws Exception {
        List<Stop> stops = new ArrayList<>();
        for (Stop stop = next(); stop != null; stop = next()) {
            stops.add(stop);
        }
        return stops;
    }

    /** Runs to the next breakpoint or the end of a step; null if the program ends before. */
    @Nullable
    Stop next() throws Exception {
        if (stoppedBy != null) {
            stoppedBy.resume();
        }
        while (true) {
            EventSet events = vm.eventQueue().remove(MILLIS);
            if (events == null) {
                throw new AssertionError("nothing has happened for a long time");
            }
            for (Event event : events) {
                if (event instanceof ClassPrepareEvent prepared) {
                    setBreakpoints(prepared.referenceType());
                } else if (event instanceof BreakpointEvent || event instanceof StepEvent) {
                    if (event instanceof StepEvent) {
                        vm.eventRequestManager().deleteEventRequest(event.request());
                    }
                    stoppedBy = events;
                    return stop(((LocatableEvent) event).thread());
                } else if (event instanceof VMDisconnectEvent) {
                    stoppedBy = null;
                    return null;
                }
            }
            events.resume();
        }
    }

    /** Runs to a breakpoint at a line. */
    Stop nextAt(String mark) throws Exception {
        for (Stop stop = next(); stop != null; stop = next()) {
            if (stop.mark.equals(mark)) {
                return stop;
            }
        }
        throw new AssertionError("never at: " + mark);
    }

    /** Steps to another line of this method or, if that ends, of its caller. */
    Stop stepOver() throws Exception {
        return step(StepRequest.STEP_OVER);
    }

    /** Steps to another line, or to the first of a method that is called. */
    Stop stepInto() throws Exception {
        return step(StepRequest.STEP_INTO);
    }

    private Stop step(int depth) throws Exception {
        StepRequest step = vm.eventRequestManager().createStepRequest(thread(), StepRequest.STEP_LINE, depth);
        step.enable();
        Stop stop = next();
        if (stop == null) {
            throw new AssertionError("the program has ended");
        }
        return stop;
    }

    /** Exchanges the code of a nested class for what the compiler makes of an edited source. */
    void edit(String nested, String before, String after) {
        String name = main.getName() + "$" + nested;
        String edited = String.join("\n", source).replace(before, after);
        byte[] classFile = Compiler.compile(main.getName(), edited).get(name);
        vm.redefineClasses(Map.of(vm.classesByName(name).get(0), classFile));
    }

    private ThreadReference thread() {
        for (Event event : stoppedBy) {
            if (event instanceof LocatableEvent located) {
                return located.thread();
            }
        }
        throw new IllegalStateException("not stopped");
    }

    // As development environments do it: at every place that has code of the line.
    private void setBreakpoints(ReferenceType type) {
        for (int line = 1; line <= source.size(); line++) {
            if (!mark(line).isEmpty()) {
                for (Location location : locations(type, line)) {
                    vm.eventRequestManager().createBreakpointRequest(location).enable();
                }
            }
        }
    }

    private static List<Location> locations(ReferenceType type, int line) {
        try {
            return type.locationsOfLine(line);
        } catch (AbsentInformationException e) { // some method has no lines at all, and no other has this one
            return List.of();
        }
    }

    private String mark(int line) {
        String text = source.get(line - 1);
        int comment = text.indexOf("; // ");
        return comment < 0 ? "" : text.substring(comment + "; // ".length());
    }

    private Stop stop(ThreadReference thread) throws IncompatibleThreadStateException, AbsentInformationException {
        StackFrame frame = thread.frame(0);
        Location location = frame.location();
        boolean own = location.declaringType().name().startsWith(main.getName()) && location.lineNumber() > 0;
        Map<String, String> variables = new TreeMap<>();
        if (own) {
            for (LocalVariable variable : frame.visibleVariables()) {
                String type = variable.typeName().substring(variable.typeName().lastIndexOf('.') + 1);
                variables.put(type + " " + variable.name(), text(frame.getValue(variable)));
            }
        }
        return new Stop(
                own ? mark(location.lineNumber()) : "",
                location.lineNumber(),
                location.method().name(),
                variables,
                self(frame.thisObject()));
    }

    private static @Nullable String self(@Nullable ObjectReference self) {
        if (self == null) {
            return null;
        }
        Field field = self.referenceType().fieldByName("name");
        return field == null ? "an object" : text(self.getValue(field));
    }

    private static String text(@Nullable Value value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof PrimitiveValue || value instanceof ArrayReference) {
            return value instanceof ArrayReference array ? array.getValues().toString() : value.toString();
        }
        return value instanceof StringReference string
                ? string.value()
                : value.type().name();
    }

    @Override
    public void close() throws Exception {
        try {
            vm.exit(1);
        } catch (com.sun.jdi.VMDisconnectedException ended) {
            // as it should
        }
        vm.process().waitFor();
    }
}
