package dev.weft.io;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says with whom, and why, no encrypted connection came about. */
final class HandshakeFailure {
    private HandshakeFailure() {}

    /** The reason lies at the end of the causes, for example that a certificate has expired. */
    static SSLHandshakeException of(String peer, SSLException cause) {
        String reason = String.valueOf(cause.getMessage());
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String last = root.getMessage();
        if (last != null && !reason.contains(last)) {
            reason += " (" + last + ")";
        }
        SSLHandshakeException named = new SSLHandshakeException("TLS handshake with " + peer + " failed: " + reason);
        named.initCause(cause);
        return named;
    }
}
