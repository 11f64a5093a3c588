package dev.weft.agent.tests.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two libraries that are here anyway, of two compilers; {@link VerificationRun} takes many. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // busy machines
class VerificationTest {
    @ParameterizedTest
    @ValueSource(classes = {Assertions.class, BatchCompiler.class})
    void everyCallOfALibraryMaySuspend(Class<?> ofLibrary) throws URISyntaxException {
        Path jar = Path.of(
                ofLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
        Verification verification = Verification.of(Jar.read(jar), getClass().getClassLoader());
        assertThat(VerificationReport.complaints(verification)).isEmpty();
        assertThat(verification.rewritten).isGreaterThan(5_000);
        assertThat(verification.points).isGreaterThan(10_000);
    }
}
