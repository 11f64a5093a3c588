package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What an endpoint receives, until it is closed. */
final class Datagrams implements AsyncIterator<Datagram> {
    private final DatagramTransport transport;
    private @Nullable Datagram received; // by hasNext, for the next call of next

    Datagrams(DatagramTransport transport) {
        this.transport = transport;
    }

    @Async
    @Override
    public boolean hasNext() {
        while (received == null) {
            Object item = transport.take();
            if (item == null) {
                return false;
            }
            if (item instanceof Datagram datagram) {
                received = datagram;
            } else if (!(item instanceof PortUnreachableException)) {
                throw new UncheckedIOException((IOException) item);
            }
        }
        return true;
    }

    @Async
    @Override
    public Datagram next() {
        if (!hasNext() || received == null) {
            throw new NoSuchElementException("The endpoint is closed: " + transport);
        }
        Datagram next = received;
        received = null;
        return next;
    }
}
