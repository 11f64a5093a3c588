package dev.weft.io;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted with TLS. Immutable.
 *
 * <pre>{@code
 * TlsOptions options = TlsOptions.of(context)
 *         .parameters(tls -> tls.setApplicationProtocols(new String[] {"h2", "http/1.1"}));
 * Connection connection = Connection.builder().tls(options).open("example.org", 443);
 * }</pre>
 *
 * <p>A client sends the name of the host that it connects to, and takes only a certificate that its context trusts and that is
 * for this name. A server asks for no certificate. Both can be changed with {@link #parameters}:
 *
 * <pre>{@code
 * tls.setNeedClientAuth(true)                    // a server that takes clients with a certificate only
 * tls.setEndpointIdentificationAlgorithm(null)   // a client that takes any trusted certificate, whoever it is for
 * }</pre>
 */
public final class TlsOptions {
    /** With {@link SSLContext#getDefault}: a client trusts whom the JVM trusts. */
    public static final TlsOptions DEFAULT =
            new TlsOptions(null, null, parameters -> {}, Duration.ofSeconds(60), Duration.ofSeconds(30));

    private final @Nullable SSLContext context;
    private final @Nullable String serverName;
    private final Consumer<SSLParameters> parameters;
    private final Duration handshakeTimeout;
    private final Duration shutdownTimeout;

    private TlsOptions(
            @Nullable SSLContext context,
            @Nullable String serverName,
            Consumer<SSLParameters> parameters,
            Duration handshakeTimeout,
            Duration shutdownTimeout) {
        this.context = context;
        this.serverName = serverName;
        this.parameters = parameters;
        this.handshakeTimeout = handshakeTimeout;
        this.shutdownTimeout = shutdownTimeout;
    }

    /** {@link #DEFAULT} with a context: the keys that it has, and whom it trusts. */
    public static TlsOptions of(SSLContext context) {
        TlsOptions other = DEFAULT;
        return new TlsOptions(
                requireNonNull(context, "context"),
                other.serverName,
                other.parameters,
                other.handshakeTimeout,
                other.shutdownTimeout);
    }

    /**
     * These options with the name of the server, which a client asks for and verifies; null for the host that it connects to.
     * Unix-domain sockets have no host, so that one has to be given there. A server ignores it.
     */
    public TlsOptions serverName(@Nullable String name) {
        return new TlsOptions(context, name, parameters, handshakeTimeout, shutdownTimeout);
    }

    /**
     * These options with something that changes the parameters of each connection, after those that were given before:
     * protocols, cipher suites, application protocols (ALPN), whether a server asks for the client's certificate. It is called
     * on the loop's thread.
     */
    public TlsOptions parameters(Consumer<? super SSLParameters> change) {
        return new TlsOptions(context, serverName, parameters.andThen(change), handshakeTimeout, shutdownTimeout);
    }

    /** These options with the longest time that both sides may take to agree; 60 seconds at first. */
    public TlsOptions handshakeTimeout(Duration limit) {
        return new TlsOptions(
                context, serverName, parameters, checkPositive("handshakeTimeout", limit), shutdownTimeout);
    }

    /**
     * These options with the longest time that the other side may take to confirm the end of the connection, from when all that
     * was written has been sent; 30 seconds at first.
     */
    public TlsOptions shutdownTimeout(Duration limit) {
        return new TlsOptions(
                context, serverName, parameters, handshakeTimeout, checkPositive("shutdownTimeout", limit));
    }

    /** The context, or null for the default one. */
    public @Nullable SSLContext context() {
        return context;
    }

    /** The name of the server, or null for the host that is connected to. */
    public @Nullable String serverName() {
        return serverName;
    }

    /** The longest time that both sides may take to agree. */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** The longest time that the other side may take to confirm the end. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    void change(SSLParameters ofConnection) {
        parameters.accept(ofConnection);
    }

    /** What the certificate of a server is verified for. */
    @Nullable
    String serverName(SocketAddress server) {
        return serverName != null ? serverName : Names.host(server);
    }

    private static Duration checkPositive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + " should be a positive duration, got " + limit);
        }
        return limit;
    }

    @Override
    public String toString() {
        return "<TlsOptions serverName=" + serverName + " handshakeTimeout=" + handshakeTimeout + " shutdownTimeout="
                + shutdownTimeout + (context == null ? "" : " " + context.getProtocol()) + ">";
    }
}
