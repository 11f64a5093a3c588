package dev.weft.io;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;

/** What the system says of an address, together with the address, which it does not say. */
final class NamedFailure {
    private NamedFailure() {}

    /** A failure of the same kind. */
    static SocketException of(SocketException failure, SocketAddress address) {
        String message = failure.getMessage() + ": " + address;
        SocketException named;
        if (failure instanceof BindException) {
            named = new BindException(message);
        } else if (failure instanceof ConnectException) {
            named = new ConnectException(message);
        } else if (failure instanceof NoRouteToHostException) {
            named = new NoRouteToHostException(message);
        } else {
            named = new SocketException(message);
        }
        named.initCause(failure);
        return named;
    }
}
