package dev.weft.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK that is installed here. They are recognised by the {@code release} file in their home, as in the build. */
public record Jdk(Path home, int feature, String description) {
    private static final String NAMED = "JAVA(25|17)_HOME|JAVA_HOME_(25|17).*";

    /** The one that runs this, and another if there is one: 25 or later, or 17 where this runs on 25 or later. */
    public static List<Jdk> both() {
        Jdk running = at(Path.of(System.getProperty("java.home")))
                .orElseGet(() -> new Jdk(
                        Path.of(System.getProperty("java.home")),
                        Runtime.version().feature(),
                        Runtime.version().toString()));
        List<Jdk> jdks = new ArrayList<>(List.of(running));
        candidates(running.home())
                .flatMap(home -> at(home).stream())
                .filter(jdk -> running.feature() >= 25 ? jdk.feature() == 17 : jdk.feature() >= 25)
                .findFirst()
                .ifPresent(jdks::add);
        return jdks.stream()
                .sorted((a, b) -> Integer.compare(a.feature(), b.feature()))
                .toList();
    }

    /** The JDK in this folder. */
    static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(release)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = unquoted(properties, "JAVA_VERSION");
        if (!version.matches("\\d+.*")) {
            return Optional.empty();
        }
        String full =
                properties.containsKey("JAVA_RUNTIME_VERSION") ? unquoted(properties, "JAVA_RUNTIME_VERSION") : version;
        String maker = unquoted(properties, "IMPLEMENTOR");
        int feature = Integer.parseInt(version.split("\\D", 2)[0]);
        return Optional.of(new Jdk(home, feature, (maker + " " + full).strip()));
    }

    /** Its launcher. */
    public Path java() {
        return home.resolve("bin/java");
    }

    private static String unquoted(Properties properties, String key) {
        return properties.getProperty(key, "").replace("\"", "");
    }

    private static Stream<Path> candidates(Path running) {
        Path user = Path.of(System.getProperty("user.home"));
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(entry -> entry.getKey().matches(NAMED))
                .map(Map.Entry::getValue)
                .map(Path::of);
        Path real = real(running);
        Stream<Path> roots = Stream.of(
                real.resolve(".."),
                real.resolve("../../.."),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".local/share/mise/installs/java"),
                user.resolve(".jdks"));
        return Stream.concat(named, roots.flatMap(root -> {
            List<Path> folders = folders(root);
            return Stream.concat(folders.stream(), folders.stream().map(folder -> folder.resolve("Contents/Home")));
        }));
    }

    private static List<Path> folders(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(root)) {
            return list.sorted().map(Jdk::real).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path;
        }
    }
}
