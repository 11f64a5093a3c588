package dev.weft.benchmarks.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The three ways. */
public enum Representation {
    SHAPES_AND_DISPATCHER(ShapedHost000.class, Shaped.RunLoop::new),
    HIDDEN_FRAMES(HiddenHost000.class, Hidden.RunLoop::new),
    SHAPES_AND_POINTS(PointedHost000.class, Pointed.RunLoop::new);

    private final Template host;
    private final Supplier<Loop> loops;

    Representation(Class<?> host, Supplier<Loop> loops) {
        this.host = Template.of(host);
        this.loops = loops;
    }

    Loop newLoop() {
        return loops.get();
    }

    /** New classes, and an object of each. */
    List<Host> newHosts(int count) {
        List<Host> hosts = new ArrayList<>();
        try {
            for (int number = 1; number <= count; number++) {
                hosts.add((Host) host.define(number).getDeclaredConstructor().newInstance());
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return hosts;
    }
}
