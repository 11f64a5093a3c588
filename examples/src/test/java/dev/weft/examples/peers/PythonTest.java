package dev.weft.examples.peers;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.*;
import dev.weft.examples.Echo;
import dev.weft.examples.http.HttpHello;
import dev.weft.examples.http.HttpServer;
import dev.weft.io.Connection;
import dev.weft.io.Server;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python's asyncio, on both sides. */
class PythonTest {
    private static final String CLIENT = """
            import asyncio, os, sys

            async def talk(port, size):
                reader, writer = await asyncio.open_connection('127.0.0.1', port)
                data = os.urandom(size)
                async def send():
                    for start in range(0, size, 10000):
                        writer.write(data[start:start + 10000])
                        await writer.drain()
                    writer.write_eof()
                _, back = await asyncio.gather(send(), reader.read())
                writer.close()
                await writer.wait_closed()
                return back == data

            async def main():
                print(await asyncio.gather(*(talk(int(sys.argv[1]), size) for size in (1, 1000, 300000, 2000000))))

            asyncio.run(main())
            """;

    private static final String SERVER = """
            import asyncio

            async def echo(reader, writer):
                while data := await reader.read(10000):
                    writer.write(data)
                    await writer.drain()
                writer.close()
                await writer.wait_closed()

            async def main():
                server = await asyncio.start_server(echo, '127.0.0.1', 0)
                print('port', server.sockets[0].getsockname()[1], flush=True)
                await server.serve_forever()

            asyncio.run(main())
            """;

    private static final String PIPELINE = """
            import asyncio, sys

            async def main():
                reader, writer = await asyncio.open_connection('127.0.0.1', int(sys.argv[1]))
                writer.write(b'GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' * 499)
                writer.write(b'GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n')
                print((await reader.read()).count(b'Hello, world!'))

            asyncio.run(main())
            """;

    @BeforeEach
    void needsPython() {
        Peer.assumeInstalled("python3");
    }

    @Test
    void theirClientTalksToOurServer() {
        run(() -> waitFor((AsyncRunnable) () -> theirClient(), Duration.ofSeconds(40)));
    }

    @Async
    private static void theirClient() throws Exception {
        try (Server server = Server.listen("127.0.0.1", 0, Echo::echo)) {
            String port = Integer.toString(server.port());
            assertThat(toThread(() -> Peer.run("python3", "-c", CLIENT, port))).isEqualTo("[True, True, True, True]\n");
        }
    }

    @Test
    void ourClientTalksToTheirServer() throws Exception {
        try (Peer python = Peer.start("port ", "python3", "-c", SERVER)) {
            int port = Integer.parseInt(python.lines().get(0).substring(5));
            run(() -> waitFor((AsyncRunnable) () -> ourClients(port), Duration.ofSeconds(40)));
        }
    }

    @Async
    private static void ourClients(int port) {
        gather(() -> ourClient(port, 1), () -> ourClient(port, 1000), () -> ourClient(port, 2_000_000));
    }

    @Async
    private static void ourClient(int port, int size) throws Exception {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        try (Connection connection = Connection.open("127.0.0.1", port)) {
            Task<byte[]> back = createTask(() -> connection.reader().readAll());
            for (int start = 0; start < size; start += 10_000) {
                connection.writer().write(data, start, Math.min(10_000, size - start));
                connection.writer().drain();
            }
            connection.writer().writeEof();
            assertThat(await(back)).isEqualTo(data);
        }
    }

    @Test
    void requestsThatWereSentAtOnceAreAllAnswered() {
        run(() -> waitFor((AsyncRunnable) () -> pipeline(), Duration.ofSeconds(40)));
    }

    @Async
    private static void pipeline() throws Exception {
        try (HttpServer server = HttpServer.listen("127.0.0.1", 0, HttpHello::answer)) {
            String port = Integer.toString(server.port());
            assertThat(toThread(() -> Peer.run("python3", "-c", PIPELINE, port)))
                    .isEqualTo("500\n");
        }
    }
}
