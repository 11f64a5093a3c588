package dev.weft.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Where and with what it was measured. */
public final class Machine {
    private Machine() {}

    /** Processor, its number, memory and system. */
    public static String description() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB, %s %s",
                processor(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / (double) (1 << 30),
                system.getName(),
                system.getArch());
    }

    /** How many threads wanted a processor over the last minute. */
    public static String load() {
        return Amount.digits(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(information)) {
            return "unknown processor";
        }
        List<String> lines = Files.readAllLines(information);
        String name = value(lines, "model name").orElse("unknown processor");
        String family = value(lines, "cpu family").map(f -> " (family " + f).orElse("");
        String model = family.isEmpty()
                ? ""
                : value(lines, "model").map(m -> ", model " + m + ")").orElse(")");
        return name + family + model;
    }

    private static Optional<String> value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.matches(name + "\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** What the build has put into the jar: Kotlin 2.4.21, and so on. */
    public static String libraries() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = Objects.requireNonNull(Machine.class.getResourceAsStream("versions.properties"))) {
            versions.load(in);
        }
        Stream<String> names = versions.stringPropertyNames().stream().sorted();
        return String.join(
                ", ", names.map(name -> name + " " + versions.getProperty(name)).toList());
    }

    /** The commit of the sources, and whether they have been changed since. */
    public static String commit(Path folder) throws InterruptedException {
        try {
            String git = folder.toString();
            String commit = Child.output(List.of("git", "-C", git, "rev-parse", "--short=12", "HEAD"))
                    .strip();
            String changes = Child.output(List.of("git", "-C", git, "status", "--porcelain", "--untracked-files=no"));
            return changes.isBlank() ? commit : commit + " with changes";
        } catch (IOException | IllegalStateException noRepository) {
            return "unknown";
        }
    }
}
