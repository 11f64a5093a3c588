package dev.weft.io;

import dev.weft.internal.Buffers;
import dev.weft.internal.ByteQueue;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An engine with the records on its encrypted side: those that are not complete yet, and those that have not been sent. The
 * loop lends the memory, as long as there are any. Loop thread only.
 */
final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int GATHERED = 48 * 1024;

    final SSLEngine engine;
    private final Buffers buffers;
    private @Nullable ByteQueue incoming;
    private @Nullable ByteQueue outgoing;

    TlsRecords(SSLEngine engine, Buffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Takes over what was sent, and what came, before. */
    void begin(@Nullable ByteQueue unsent, @Nullable ByteQueue received) {
        outgoing = unsent;
        incoming = received;
    }

    /** Keeps a part of the other side's records. */
    void received(ByteBuffer data) {
        if (incoming == null) {
            incoming = buffers.borrow(data.remaining());
        }
        incoming.append(data, buffers);
    }

    /** Whether there may be a record to decrypt. */
    boolean hasReceived() {
        return incoming != null;
    }

    /** Decrypts a record; what was in it is in the loop's scratch buffer until that is used again. */
    SSLEngineResult decrypt() throws SSLException {
        ByteQueue queue = incoming;
        while (true) {
            ByteBuffer plain = buffers.scratch(engine.getSession().getApplicationBufferSize());
            ByteBuffer encrypted =
                    queue == null ? NOTHING : ByteBuffer.wrap(queue.array(), queue.start(), queue.size());
            SSLEngineResult result = engine.unwrap(encrypted, plain);
            if (queue != null) {
                queue.skip(result.bytesConsumed());
                if (queue.isEmpty()) {
                    buffers.giveBack(queue);
                    incoming = null;
                }
            }
            if (result.getStatus() != Status.BUFFER_OVERFLOW) {
                return result;
            }
            buffers.scratch(2 * plain.capacity()); // larger than the session says
        }
    }

    /** Encrypts a part of {@code data}, no more than one write of them should be; tells how much. */
    int encrypt(byte[] data, int offset, int length) throws SSLException {
        ByteBuffer plain = ByteBuffer.wrap(data, offset, length);
        while (plain.hasRemaining() && unsent() < GATHERED) {
            SSLEngineResult result = encrypt(plain);
            if (result.bytesConsumed() + result.bytesProduced() == 0) {
                break; // the engine has to receive something first
            }
        }
        return plain.position() - offset;
    }

    /** Lets the engine say what it has to; tells whether it did. */
    boolean encryptNothing() throws SSLException {
        return encrypt(NOTHING).bytesProduced() > 0;
    }

    private SSLEngineResult encrypt(ByteBuffer plain) throws SSLException {
        int room = engine.getSession().getPacketBufferSize();
        ByteQueue queue = outgoing;
        if (queue == null) {
            queue = buffers.borrow(room);
            outgoing = queue;
        }
        try {
            while (true) {
                SSLEngineResult result = engine.wrap(plain, queue.room(room, buffers));
                queue.appended(result.bytesProduced());
                if (result.getStatus() != Status.BUFFER_OVERFLOW) {
                    return result;
                }
                room *= 2;
            }
        } finally {
            giveBackIfEmpty(queue);
        }
    }

    /** What is to be sent; null if there is nothing. */
    @Nullable
    ByteQueue outgoing() {
        return outgoing;
    }

    void sent(ByteQueue queue, int length) {
        queue.skip(length);
        giveBackIfEmpty(queue);
    }

    private void giveBackIfEmpty(ByteQueue queue) {
        if (queue.isEmpty()) {
            outgoing = null;
            buffers.giveBack(queue);
        }
    }

    int unsent() {
        return outgoing == null ? 0 : outgoing.size();
    }

    /** Nothing of it is needed any more. */
    void clear() {
        if (incoming != null) {
            buffers.giveBack(incoming);
            incoming = null;
        }
        if (outgoing != null) {
            buffers.giveBack(outgoing);
            outgoing = null;
        }
    }
}
