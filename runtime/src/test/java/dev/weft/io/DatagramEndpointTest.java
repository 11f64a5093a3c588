package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.yieldNow;
import static dev.weft.io.FedReader.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.AsyncIterator;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatagramEndpointTest {
    @Async
    static DatagramEndpoint local() throws IOException {
        return DatagramEndpoint.bind(Loopback.HOST, 0);
    }

    @Test
    void createDatagramEndpoint() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = local();
                    DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
                assertThat(client.remoteAddress()).isEqualTo(server.localAddress());
                assertThat(server.remoteAddress()).isNull();
                client.send("xxx");
                Datagram received = server.receive();
                assertThat(received).isEqualTo(new Datagram(bytes("xxx"), client.localAddress()));
                server.sendTo("Re: " + received.text(), received.sender());
                assertThat(client.receive().text()).isEqualTo("Re: xxx");
            }
        });
    }

    @Test
    void createDatagramEndpointIpv6() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = DatagramEndpoint.bind("::1", 0);
                    DatagramEndpoint client = DatagramEndpoint.connect(
                            "::1", server.localAddress().getPort())) {
                client.send(bytes("six"));
                Datagram received = server.receive();
                assertThat(received.text()).isEqualTo("six");
                assertThat(received.sender().getAddress()).isInstanceOf(Inet6Address.class);
            } catch (SocketException e) {
                assumeTrue(false, "no IPv6 here");
            }
        });
    }

    @Test
    void allAddressesOfTheMachineAreOneEndpoint() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = DatagramEndpoint.bind(null, 0);
                    DatagramEndpoint client = DatagramEndpoint.connect(
                            "localhost", server.localAddress().getPort())) {
                assertThat(server.localAddress().getAddress().isAnyLocalAddress())
                        .isTrue();
                client.send("x");
                Datagram received = server.receive();
                assertThat(received.sender()).isEqualTo(client.localAddress());
                server.sendTo(ByteBuffer.wrap(bytes("xyz"), 1, 1), received.sender());
                assertThat(client.receive().text()).isEqualTo("y");
            }
        });
    }

    @Test
    void datagramSendToNonListeningAddress() {
        Loopback.run(() -> {
            try (DatagramEndpoint one = local();
                    DatagramEndpoint two = local()) {
                DatagramEndpoint gone = local();
                gone.close();
                one.sendTo("a", two.localAddress());
                assertThat(two.receive().text()).isEqualTo("a");
                two.sendTo("b", one.localAddress());
                assertThat(one.receive().text()).isEqualTo("b");
                one.sendTo("c", gone.localAddress());
                yieldNow();
                two.sendTo("d", one.localAddress());
                assertThat(one.receive().text()).isEqualTo("d");
            }
        });
    }

    @Test
    void sendtoErrorReceivedConnected() {
        Loopback.run(() -> {
            DatagramEndpoint peer = local();
            try (DatagramEndpoint connected = DatagramEndpoint.connect(peer.localAddress())) {
                peer.close();
                connected.send("into the void");
                try {
                    connected.receive();
                    throw new AssertionError("received");
                } catch (PortUnreachableException e) {
                    assertThat(connected.isClosed()).isFalse();
                }
                try (DatagramEndpoint again = DatagramEndpoint.bind(peer.localAddress())) {
                    connected.send("still there");
                    again.sendTo(again.receive().text() + "!", connected.localAddress());
                    assertThat(connected.receive().text()).isEqualTo("still there!");
                }
            }
        });
    }

    @Test
    void iterationGoesOnWhereNobodyListensAndEndsWhenItIsClosed() {
        Loopback.run(() -> {
            DatagramEndpoint peer = local();
            DatagramEndpoint connected = DatagramEndpoint.connect(peer.localAddress());
            List<String> texts = new ArrayList<>();
            Task<Void> receiving = createTask(() -> {
                for (Datagram datagram : connected) {
                    texts.add(datagram.text());
                    connected.send("answer");
                }
            });
            peer.close();
            connected.send("into the void");
            yieldNow();
            try (DatagramEndpoint again = DatagramEndpoint.bind(peer.localAddress())) {
                again.sendTo("1", connected.localAddress());
                assertThat(again.receive().text()).isEqualTo("answer");
                again.sendTo("2", connected.localAddress());
                assertThat(again.receive().text()).isEqualTo("answer");
            }
            connected.close();
            await(receiving);
            assertThat(texts).containsExactly("1", "2");
        });
    }

    @Test
    void sendtoNoData() {
        Loopback.run(() -> {
            try (DatagramEndpoint one = local();
                    DatagramEndpoint two = DatagramEndpoint.connect(one.localAddress())) {
                one.sendTo("", two.localAddress());
                assertThat(two.receive().data()).isEmpty();
                try {
                    two.send(new byte[0]);
                    throw new AssertionError("sent");
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("sends no empty datagram");
                }
            }
        });
    }

    @Test
    void sendtoConnectedAddr() {
        Loopback.run(() -> {
            try (DatagramEndpoint one = local();
                    DatagramEndpoint two = DatagramEndpoint.connect(one.localAddress())) {
                two.sendTo("to the same", one.localAddress());
                assertThat(one.receive().text()).isEqualTo("to the same");
                try {
                    two.sendTo("x", new InetSocketAddress(Loopback.HOST, 2));
                    throw new AssertionError("sent");
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("is connected to " + one.localAddress());
                }
                try {
                    one.send("x");
                    throw new AssertionError("sent");
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("sendTo");
                }
            }
        });
    }

    @Test
    void ofTheAddressesOfANameTheFirstOfItsOwnFamilyIsTaken() throws IOException {
        InetSocketAddress four = new InetSocketAddress("192.0.2.1", 7);
        InetSocketAddress six = new InetSocketAddress("2001:db8::1", 7);
        InetAddress fourLocal = InetAddress.getByName("127.0.0.1");
        InetAddress sixLocal = InetAddress.getByName("::1");
        InetAddress any = InetAddress.getByName("::");
        assertThat(Names.reachable(fourLocal, List.of(six, four))).isEqualTo(four);
        assertThat(Names.reachable(sixLocal, List.of(four, six))).isEqualTo(six);
        assertThat(Names.reachable(any, List.of(four, six))).isEqualTo(four);
        assertThat(Names.reachable(any, List.of(six, four))).isEqualTo(six);
        assertThat(Names.reachable(sixLocal, List.of(four))).isEqualTo(four);
        assertThat(Names.reachable(fourLocal, List.of(six))).isNull();
    }

    @Test
    void anAddressOfAnotherFamilyIsNamed() {
        Loopback.run(() -> {
            try (DatagramEndpoint endpoint = local()) {
                try {
                    endpoint.sendTo("x", new InetSocketAddress("::1", 7));
                    throw new AssertionError("sent");
                } catch (SocketException e) {
                    assertThat(e)
                            .hasMessageContaining("The local address " + endpoint.localAddress())
                            .hasMessageContaining("of another family than /[0:0:0:0:0:0:0:1]:7");
                }
            }
        });
    }

    @Test
    void sendtoClosing() {
        Loopback.run(() -> {
            DatagramEndpoint endpoint = local();
            endpoint.close();
            endpoint.close();
            assertThat(endpoint.isClosed()).isTrue();
            assertThat(endpoint).hasToString("<DatagramEndpoint closed " + endpoint.localAddress() + ">");
            try {
                endpoint.sendTo("x", endpoint.localAddress());
                throw new AssertionError("sent");
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("closed");
            }
            try {
                endpoint.receive();
                throw new AssertionError("received");
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("closed");
            }
            assertThat(endpoint.iterator().hasNext()).isFalse();
        });
    }

    @Test
    void closingWakesThoseWhoReceive() {
        Loopback.run(() -> {
            DatagramEndpoint endpoint = local();
            Task<Boolean> receiving = createTask(() -> {
                try {
                    endpoint.receive();
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
            yieldNow();
            endpoint.close();
            assertThat(await(receiving)).isTrue();
        });
    }

    @Test
    void aPortIsFreeAsSoonAsTheEndpointIsClosed() {
        Loopback.run(() -> {
            DatagramEndpoint first = local();
            for (int i = 0; i < 3; i++) {
                InetSocketAddress address = first.localAddress();
                first.close();
                first = DatagramEndpoint.bind(address);
            }
            first.close();
        });
    }

    @Test
    void sendtoReady() {
        Loopback.run(() -> {
            try (DatagramEndpoint peer = local()) {
                Full full = Full.to(peer.localAddress(), 2);
                List<String> sent = new ArrayList<>();
                Task<Void> one = createTask(() -> {
                    full.send(ByteBuffer.wrap(bytes("1")), null);
                    sent.add("1");
                });
                Task<Void> two = createTask(() -> {
                    full.send(ByteBuffer.wrap(bytes("2")), null);
                    sent.add("2");
                });
                yieldNow();
                assertThat(sent).isEmpty();
                await(one);
                await(two);
                assertThat(sent).containsExactly("1", "2");
                assertThat(peer.receive().text()).isEqualTo("1");
                assertThat(peer.receive().text()).isEqualTo("2");
                full.close();
            }
        });
    }

    @Test
    void whoIsCancelledWhileThereIsNoRoomSendsNothing() {
        Loopback.run(() -> {
            try (DatagramEndpoint peer = local()) {
                Full full = Full.to(peer.localAddress(), 1);
                Task<Void> one = createTask(() -> full.send(ByteBuffer.wrap(bytes("1")), null));
                Task<Void> two = createTask(() -> full.send(ByteBuffer.wrap(bytes("2")), null));
                yieldNow();
                one.cancel();
                await(two);
                assertThat(one.isCancelled()).isTrue();
                assertThat(peer.receive().text()).isEqualTo("2");
                full.close();
            }
        });
    }

    @Test
    void sendtoReadyException() {
        Loopback.run(() -> {
            try (DatagramEndpoint peer = local()) {
                Full full = Full.to(peer.localAddress(), 1);
                full.failure = new IOException("no");
                Task<Boolean> failing = createTask(() -> {
                    try {
                        full.send(ByteBuffer.wrap(bytes("1")), null);
                        return false;
                    } catch (IOException e) {
                        return e == full.failure;
                    }
                });
                assertThat(await(failing)).isTrue();
                full.failure = null;
                full.send(ByteBuffer.wrap(bytes("2")), null);
                assertThat(peer.receive().text()).isEqualTo("2");
                full.close();
            }
        });
    }

    @Test
    void sendtoReadyClosing() {
        Loopback.run(() -> {
            try (DatagramEndpoint peer = local()) {
                Full full = Full.to(peer.localAddress(), Integer.MAX_VALUE);
                Task<Boolean> failing = createTask(() -> {
                    try {
                        full.send(ByteBuffer.wrap(bytes("1")), null);
                        return false;
                    } catch (SocketException e) {
                        return true;
                    }
                });
                yieldNow();
                full.close();
                assertThat(await(failing)).isTrue();
            }
        });
    }

    /** A transport whose channel has no room for some time. */
    private static final class Full extends DatagramTransport {
        private int times;

        @Nullable
        IOException failure; // once there is room

        private Full(DatagramChannel channel, int times) {
            super(EventLoop.running(), channel, 1);
            this.times = times;
        }

        static Full to(InetSocketAddress target, int times) throws IOException {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.connect(target);
            return new Full(channel, times);
        }

        @Override
        int put(ByteBuffer data, @Nullable SocketAddress target) throws IOException {
            if (times > 0) {
                times--;
                return 0;
            }
            if (failure != null) {
                throw failure;
            }
            return super.put(data, target);
        }
    }

    @Test
    void whatIsTooLongIsRefusedAndChangesNothing() {
        Loopback.run(() -> {
            try (DatagramEndpoint peer = local();
                    DatagramEndpoint endpoint = DatagramEndpoint.connect(peer.localAddress())) {
                for (int length : new int[] {65_508, 65_537, 1_000_000}) {
                    try {
                        endpoint.send(new byte[length]);
                        throw new AssertionError("sent");
                    } catch (IOException e) {
                        assertThat(e).hasMessageMatching(".*(too long|cannot have " + length + ").*");
                    }
                }
                endpoint.send(new byte[65_507]);
                assertThat(peer.receive().data()).hasSize(65_507);
            }
        });
    }

    @Test
    void whatNobodyReceivesStaysInTheSystemOnceTheQueueIsFull() {
        Loopback.run(() -> {
            try (DatagramEndpoint server =
                            DatagramEndpoint.builder().queueSize(2).bind(Loopback.HOST, 0);
                    DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
                for (int i = 0; i < 20; i++) {
                    client.send("" + i);
                    yieldNow();
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(server.receive().text()).isEqualTo("" + i);
                }
            }
        });
    }

    @Test
    void thoseWhoWaitAreServedInTurnAndTheCancelledOneTakesNothing() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = local();
                    DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
                List<Task<Datagram>> tasks = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    tasks.add(createTask(() -> server.receive()));
                }
                yieldNow();
                tasks.get(0).cancel();
                client.send("1");
                client.send("2");
                assertThat(await(tasks.get(1)).text()).isEqualTo("1");
                assertThat(await(tasks.get(2)).text()).isEqualTo("2");
                try {
                    await(tasks.get(0));
                    throw new AssertionError("received");
                } catch (CancelledError e) {
                    assertThat(tasks.get(0).isCancelled()).isTrue();
                }
            }
        });
    }

    @Test
    void broadcastHasToBeAllowed() {
        Loopback.run(() -> {
            try (DatagramEndpoint endpoint = local();
                    DatagramEndpoint allowed =
                            DatagramEndpoint.builder().broadcast(true).bind(Loopback.HOST, 0)) {
                assertThat(endpoint.option(StandardSocketOptions.SO_BROADCAST)).isFalse();
                assertThat(allowed.option(StandardSocketOptions.SO_BROADCAST)).isTrue();
                allowed.setOption(StandardSocketOptions.SO_BROADCAST, false);
                assertThat(allowed.option(StandardSocketOptions.SO_BROADCAST)).isFalse();
            }
        });
    }

    @Test
    void createDatagramEndpointCantBind() {
        Loopback.run(() -> {
            try (DatagramEndpoint first =
                            DatagramEndpoint.builder().reusePort(true).bind(Loopback.HOST, 0);
                    DatagramEndpoint second =
                            DatagramEndpoint.builder().reusePort(true).bind(first.localAddress())) {
                assertThat(second.localAddress()).isEqualTo(first.localAddress());
                DatagramEndpoint.bind(first.localAddress());
                throw new AssertionError("bound");
            } catch (BindException e) {
                assertThat(e).hasMessageContaining("127.0.0.1");
            }
        });
    }

    @Test
    void createDatagramEndpointConnectErr() {
        Loopback.run(() -> {
            try {
                DatagramEndpoint.connect("no.such.host.invalid", 1);
                throw new AssertionError("connected");
            } catch (UnknownHostException e) {
                assertThat(e).hasMessageContaining("no.such.host.invalid");
            }
            try {
                DatagramEndpoint.builder()
                        .localAddress(new InetSocketAddress(Loopback.HOST, 0))
                        .connect("::1", 1);
                throw new AssertionError("connected");
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("another family");
            }
        });
    }

    @Test
    void connectsFromALocalAddress() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = local();
                    DatagramEndpoint client = DatagramEndpoint.builder()
                            .localAddress(new InetSocketAddress("127.0.0.2", 0))
                            .connect(server.localAddress())) {
                client.send("x");
                assertThat(server.receive().sender()).isEqualTo(client.localAddress());
                assertThat(client.localAddress().getHostString()).isEqualTo("127.0.0.2");
            }
        });
    }

    @Test
    void receivesFromAGroup() {
        Loopback.run(() -> {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName(Loopback.HOST));
            InetAddress group = InetAddress.getByName("239.1.2.3");
            try (DatagramEndpoint member = DatagramEndpoint.bind(null, 0);
                    DatagramEndpoint sender = local()) {
                assertThat(member.join(group, loopback).isValid()).isTrue();
                sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
                sender.sendTo(
                        "to all",
                        new InetSocketAddress(group, member.localAddress().getPort()));
                assertThat(member.receive().text()).isEqualTo("to all");
            }
        });
    }

    @Test
    void anIterationThatIsLeftTakesOnlyWhatItGave() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = local();
                    DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
                client.send("1");
                client.send("2");
                AsyncIterator<Datagram> datagrams = server.iterator();
                assertThat(datagrams.next().text()).isEqualTo("1");
                assertThat(server.receive().text()).isEqualTo("2");
            }
        });
    }

    @Test
    void endpointsOfALoopThatIsClosedAreClosed() throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        Loopback.run(() -> addresses.add(local().localAddress()));
        Loopback.run(() -> DatagramEndpoint.bind(addresses.get(0)).close());
    }

    @Test
    void manyAnswersToManyClients() {
        Loopback.run(() -> {
            try (DatagramEndpoint server = local()) {
                Task<Void> serving = createTask(() -> {
                    for (Datagram datagram : server) {
                        server.sendTo(datagram.data(), datagram.sender());
                    }
                });
                List<Task<Integer>> clients = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int number = i;
                    clients.add(createTask(() -> talk(server.localAddress(), number)));
                }
                for (Task<Integer> client : clients) {
                    assertThat(await(client)).isEqualTo(50);
                }
                server.close();
                await(serving);
            }
        });
    }

    @Async
    private static int talk(InetSocketAddress server, int number) throws IOException {
        try (DatagramEndpoint client = DatagramEndpoint.connect(server)) {
            int answers = 0;
            for (int i = 0; i < 50; i++) {
                client.send(number + ":" + i);
                if (client.receive().text().equals(number + ":" + i)) {
                    answers++;
                }
            }
            return answers;
        }
    }

    @Test
    void aReceiverThatHasToWaitLetsOthersRun() {
        Loopback.run(() -> {
            try (DatagramEndpoint endpoint = local()) {
                AsyncFuture<Void> ran = Loopback.event();
                Task<Datagram> receiving = createTask(() -> endpoint.receive());
                Task<Void> other = createTask(() -> ran.setResult(null));
                await(ran);
                await(other);
                endpoint.sendTo("x", endpoint.localAddress());
                assertThat(await(receiving).sender()).isEqualTo(endpoint.localAddress());
            }
        });
    }
}
