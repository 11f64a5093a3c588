package dev.weft.agent;

import dev.weft.agent.compiler.CallGuards;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Notices when Mockito is loaded; changes nothing. */
final class MockitoWatch implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (CallGuards.MOCKITO.equals(name)) {
            System.setProperty(CallGuards.MOCKITO_IN_USE, "true");
        }
        return null;
    }
}
