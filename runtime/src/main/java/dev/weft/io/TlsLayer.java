package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.CancelledError;
import dev.weft.TimerHandle;
import dev.weft.internal.ByteQueue;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what a transport sends, and decrypts what it receives. Layers may lie on each other. Loop thread only.
 *
 * <pre>
 *   handshake --both agree--> established --close--> closing --the other side ends too--> done
 *       +-------------------------+---------------------+---- the transport is closed, in any state
 * </pre>
 *
 * <p>TLS as it is used here knows no half-close: when the other side has ended the stream, the transport is closed as soon as
 * what was written is sent.
 */
final class TlsLayer {
    private static final int MOST_UNSENT = 256 * 1024;

    private enum State {
        HANDSHAKE,
        ESTABLISHED,
        CLOSING,
        DONE
    }

    private final Transport transport;
    private final @Nullable TlsLayer below;
    private @Nullable TlsLayer above;
    private final TlsRecords records;
    private final TlsOptions options;
    private final String peer;
    private State state = State.HANDSHAKE;
    private boolean advancing; // further down in the stack
    private boolean computing; // another thread does what takes the engine long
    private boolean inputEnded; // nothing more comes from below
    private boolean streamEnded; // the other side has said so
    private boolean outputEnded; // nothing more goes below
    private @Nullable TimerHandle timeout; // of handshake or closing
    private @Nullable AsyncFuture<@Nullable Void> agreed; // while somebody waits for the handshake

    TlsLayer(Transport transport, @Nullable TlsLayer below, SSLEngine engine, TlsOptions options, String peer) {
        this.transport = transport;
        this.below = below;
        records = new TlsRecords(engine, transport.buffers());
        this.options = options;
        this.peer = peer;
        if (below != null) {
            below.above = this;
        }
    }

    /** Begins; what was to be sent before goes first and as it is, what came before is the other side's handshake. */
    void start(@Nullable ByteQueue unsent, @Nullable ByteQueue received, boolean ended) {
        records.begin(unsent, received);
        inputEnded = ended;
        timeout = transport.loop().callLater(options.handshakeTimeout(), this::handshakeTimedOut);
        try {
            records.engine.beginHandshake();
        } catch (SSLException e) {
            failed(e);
            return;
        }
        advance();
    }

    /** Suspends until both sides have agreed. Cancellation closes the transport. */
    @Async
    void handshake() throws IOException {
        if (state == State.HANDSHAKE && !transport.isClosed()) {
            AsyncFuture<@Nullable Void> future = transport.loop().createFuture();
            agreed = future;
            try {
                future.await();
            } catch (CancelledError e) {
                transport.abort();
                throw e;
            }
        }
        if (state == State.HANDSHAKE) {
            IOException lost = transport.lost();
            throw lost != null
                    ? lost
                    : new SocketException("Connection lost: closed during the handshake with " + peer);
        }
    }

    SSLEngine engine() {
        return records.engine;
    }

    boolean isEstablished() {
        return state != State.HANDSHAKE;
    }

    /** Whether the stream ended without a word of the other side. */
    boolean isTruncated() {
        return inputEnded && !streamEnded && state != State.HANDSHAKE;
    }

    /** Whether something may come that has to be read. */
    boolean awaitsInput() {
        return !bottom().inputEnded;
    }

    TlsLayer bottom() {
        TlsLayer layer = this;
        while (layer.below != null) {
            layer = layer.below;
        }
        return layer;
    }

    /** What is encrypted and not sent, in bytes. */
    int unsent() {
        return records.unsent() + (below == null ? 0 : below.unsent());
    }

    /** Encrypts and sends as much as what lies below takes, and tells how much of {@code data} that is. */
    int send(byte[] data, int offset, int length) throws IOException {
        if (state != State.ESTABLISHED || computing) {
            return 0;
        }
        int sent = 0;
        flush();
        while (sent < length && records.unsent() == 0) {
            int encrypted = records.encrypt(data, offset + sent, length - sent);
            sent += encrypted;
            flush();
            if (encrypted == 0) {
                if (records.engine.isOutboundDone()) { // before TLS 1.3 the other side's end is ours too
                    throw new SSLException(peer + " has ended the connection before all was sent.");
                }
                break;
            }
        }
        return sent;
    }

    /** Records came. */
    void received(ByteBuffer data) {
        records.received(data);
        if (computing) {
            transport.read(false); // whoever sends more meanwhile has to wait
        }
        advance();
    }

    /** Nothing more comes. */
    void receivedEof() {
        inputEnded = true;
        advance();
    }

    /** There is room below. */
    void writable() {
        try {
            flush();
        } catch (IOException e) {
            lost(e);
            return;
        }
        finishIfClosed();
        offerRoom();
    }

    /** Ends the stream: all that was written is sent. */
    void close() {
        if (state == State.HANDSHAKE) {
            transport.abort();
        }
        if (state != State.ESTABLISHED) {
            return;
        }
        state = State.CLOSING;
        timeout = transport.loop().callLater(options.shutdownTimeout(), this::shutdownTimedOut);
        records.engine.closeOutbound();
        transport.read(true);
        advance();
    }

    /** The transport is closed. */
    void connectionLost() {
        endTimeout();
        records.clear();
        if (agreed != null) {
            Waiters.wake(agreed);
            agreed = null;
        }
        if (below != null) {
            below.connectionLost();
        }
    }

    /** Goes on with handshake, records and end, as far as possible. */
    private void advance() {
        if (advancing || transport.isClosed()) {
            return;
        }
        advancing = true;
        try {
            boolean goesOn;
            do {
                goesOn = !computing && !transport.isClosed() && step();
            } while (goesOn);
            if (!transport.isClosed()) {
                flush();
            }
        } catch (SSLException e) {
            failed(e);
        } catch (IOException e) {
            lost(e);
        } catch (RuntimeException e) { // of a user's trust manager
            failed(new SSLException(e.toString(), e));
        } finally {
            advancing = false;
        }
        if (inputEnded && !computing && !transport.isClosed()) {
            inputEnded();
        }
        finishIfClosed();
        offerRoom();
    }

    /** Does one thing; tells whether there may be more. */
    private boolean step() throws IOException {
        HandshakeStatus status = records.engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            compute();
            return false;
        }
        if (status == HandshakeStatus.NEED_WRAP && (!streamEnded || state == State.CLOSING)) {
            if (records.unsent() > MOST_UNSENT) {
                throw new SSLException(peer + " asks again and again and does not read the answers.");
            }
            if (records.encryptNothing()) {
                return true;
            }
        }
        if (status == HandshakeStatus.NOT_HANDSHAKING && state == State.HANDSHAKE) {
            established();
        }
        return decrypt(status);
    }

    private boolean decrypt(HandshakeStatus before) throws SSLException {
        if (streamEnded || (!records.hasReceived() && before != HandshakeStatus.NEED_UNWRAP_AGAIN)) {
            return false;
        }
        SSLEngineResult result = records.decrypt();
        if (result.bytesProduced() > 0) {
            deliver(transport.buffers().scratch(0).limit(result.bytesProduced()));
        }
        if (result.getStatus() == Status.CLOSED && !streamEnded) {
            streamEnded = true;
            deliverEof();
            return true;
        }
        return result.bytesConsumed() > 0 || records.engine.getHandshakeStatus() != before;
    }

    private void deliver(ByteBuffer plain) {
        if (above != null) {
            above.received(plain);
        } else if (transport.isOpen()) {
            transport.reader.feed(plain);
        }
    }

    private void deliverEof() {
        if (above != null) {
            above.receivedEof();
        } else {
            transport.reader.feedEof();
            transport.close();
        }
    }

    private void inputEnded() {
        if (state == State.HANDSHAKE) {
            failed(new SSLException("the other side has closed the connection"));
        } else if (state == State.ESTABLISHED && !streamEnded) {
            deliverEof();
        }
    }

    private void established() {
        state = State.ESTABLISHED;
        endTimeout();
        if (agreed != null) {
            Waiters.wake(agreed);
            agreed = null;
        }
    }

    /** Lets another thread check certificates and the like. */
    private void compute() {
        Runnable first = records.engine.getDelegatedTask();
        if (first == null) {
            return;
        }
        computing = true;
        AsyncFuture<@Nullable Void> computed = transport.loop().runInExecutor(null, () -> {
            for (Runnable next = first; next != null; next = records.engine.getDelegatedTask()) {
                next.run();
            }
            return null;
        });
        computed.addDoneCallback(this::computed);
    }

    private void computed(AsyncFuture<@Nullable Void> computed) {
        computing = false;
        transport.read(!transport.reader.isPaused());
        Throwable failure = computed.isCancelled() ? null : computed.exception();
        if (failure != null && !transport.isClosed()) {
            failed(new SSLException(failure.toString(), failure));
        }
        advance();
    }

    /** Sends what is encrypted, as far as it goes. */
    private void flush() throws IOException {
        ByteQueue queue = records.outgoing();
        if (queue != null) {
            int sent = below == null
                    ? transport.sendPlain(queue.array(), queue.start(), queue.size())
                    : below.send(queue.array(), queue.start(), queue.size());
            records.sent(queue, sent);
        }
        if (below == null) {
            transport.awaitWritable(records.unsent() > 0);
        }
    }

    /** Lets those go on who had to wait for the handshake or for room. */
    private void offerRoom() {
        if (state == State.ESTABLISHED && records.unsent() == 0 && !transport.isClosed()) {
            if (above != null) {
                above.writable();
            } else {
                transport.writer.flushIfFull();
                transport.closeIfWritten();
            }
        }
    }

    private void finishIfClosed() {
        if (state != State.CLOSING || records.unsent() > 0 || transport.isClosed()) {
            return;
        }
        if (streamEnded || inputEnded) {
            finish();
        } else if (below == null && !outputEnded) {
            outputEnded = true;
            try {
                transport.channel().shutdownOutput(); // some only react to this
            } catch (IOException e) {
                lost(e);
            }
        }
    }

    private void finish() {
        state = State.DONE;
        endTimeout();
        if (below == null) {
            transport.closed();
        } else {
            below.close();
        }
    }

    /** What came makes no sense, or is not to be trusted. */
    private void failed(SSLException cause) {
        try {
            while (records.encryptNothing()) { // tells the other side why
                flush();
            }
        } catch (IOException | RuntimeException e) {
            // it is gone
        }
        lost(state == State.HANDSHAKE ? HandshakeFailure.of(peer, cause) : cause);
    }

    private void lost(IOException cause) {
        if (state == State.CLOSING) {
            transport.closed(); // all that was written has been sent
        } else {
            transport.lose(cause);
        }
    }

    private void handshakeTimedOut() {
        transport.lose(new SocketTimeoutException("TLS handshake with " + peer + " is taking longer than "
                + options.handshakeTimeout().toMillis() / 1000.0 + " seconds: aborting the connection"));
    }

    private void shutdownTimedOut() {
        transport.lose(new SocketTimeoutException("TLS shutdown with " + peer + " timed out: no answer for "
                + options.shutdownTimeout().toMillis() / 1000.0 + " seconds"));
    }

    private void endTimeout() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}
