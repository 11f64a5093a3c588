"""The servers of the comparison on CPython's asyncio streams: python3 asyncio_servers.py LINE|HTTP

Prints the port at which it listens on the loopback address.
"""

import asyncio
import sys

BACKLOG = 1024


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()


def response(status, text):
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n{text}"
    ).encode()


HELLO = response("200 OK", "Hello, World!")
NOT_FOUND = response("404 Not Found", "There is only / here.")


async def greet(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head[:-4].decode("latin-1").split("\r\n")
            method, path, _ = first.split(" ")
            headers = {}
            for line in lines:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            writer.write(HELLO if method == "GET" and path == "/" else NOT_FOUND)
            await writer.drain()
            if headers.get("connection", "").lower() == "close":
                break
    except asyncio.IncompleteReadError:
        pass
    writer.close()


async def main():
    handler = echo if sys.argv[1] == "LINE" else greet
    server = await asyncio.start_server(handler, "127.0.0.1", 0, backlog=BACKLOG)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
