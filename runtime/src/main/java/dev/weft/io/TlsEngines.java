package dev.weft.io;

import dev.weft.Async;
import dev.weft.Asyncio;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes the engines of connections. */
final class TlsEngines {
    private static final String VERIFIES_HOST = "HTTPS";

    private TlsEngines() {}

    /** The context of the options; the default one reads files. */
    @Async
    static SSLContext context(TlsOptions options) throws SSLException {
        SSLContext context = options.context();
        if (context != null) {
            return context;
        }
        try {
            return Asyncio.toThread(SSLContext::getDefault);
        } catch (CompletionException e) {
            throw new SSLException("There is no default SSLContext: " + e.getMessage(), e.getCause());
        }
    }

    static SSLEngine server(SSLContext context, TlsOptions options) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        options.change(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }

    static SSLEngine client(SSLContext context, TlsOptions options, SocketAddress server) {
        String name = options.serverName(server);
        int port = server instanceof InetSocketAddress internet ? internet.getPort() : -1;
        SSLEngine engine = name == null ? context.createSSLEngine() : context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(VERIFIES_HOST);
        SNIHostName asked = name == null ? null : asked(name);
        if (asked != null) {
            parameters.setServerNames(List.of(asked));
        }
        options.change(parameters);
        if (name == null && VERIFIES_HOST.equalsIgnoreCase(parameters.getEndpointIdentificationAlgorithm())) {
            throw new IllegalArgumentException("There is no host to verify the certificate for: " + server
                    + ". Give the name of the server with TlsOptions.serverName(...).");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** What a client tells the server whom it wants; null for addresses, and for names that the protocol does not know. */
    private static @Nullable SNIHostName asked(String name) {
        if (Names.isLiteral(name)) {
            return null;
        }
        try {
            return new SNIHostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
