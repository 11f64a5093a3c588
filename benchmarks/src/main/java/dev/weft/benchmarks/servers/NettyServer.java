package dev.weft.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Netty with its own decoders, on NIO and one thread. */
public final class NettyServer {
    private NettyServer() {}

    public static void main(String[] args) throws InterruptedException {
        Load.Mode mode = Load.Mode.valueOf(args[0]);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Peer.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (mode == Load.Mode.LINE) {
                            // The newline stays: what comes is what goes, without a copy.
                            channel.pipeline()
                                    .addLast(new LineBasedFrameDecoder(64 * 1024, false, true), new EchoHandler());
                        } else {
                            channel.pipeline().addLast(new HttpServerCodec(), new GreetingHandler());
                        }
                    }
                });
        InetSocketAddress address = (InetSocketAddress)
                bootstrap.bind("127.0.0.1", 0).sync().channel().localAddress();
        Peer.announce(address.getPort());
        Thread.currentThread().join();
    }

    /** Answers are written when all that came at once has been looked at. */
    private abstract static class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static final class EchoHandler extends Handler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object line) {
            context.write(line, context.voidPromise());
        }
    }

    private static final class GreetingHandler extends Handler {
        private static final ByteBuf HELLO = text("Hello, World!");
        private static final ByteBuf NOTHING_HERE = text("There is only / here.");

        private static ByteBuf text(String text) {
            return Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                boolean found =
                        request.method().equals(HttpMethod.GET) && request.uri().equals("/");
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        found ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
                        (found ? HELLO : NOTHING_HERE).duplicate());
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                        .setInt(
                                HttpHeaderNames.CONTENT_LENGTH,
                                response.content().readableBytes());
                if (HttpUtil.isKeepAlive(request)) {
                    context.write(response, context.voidPromise());
                } else {
                    context.write(response).addListener(ChannelFutureListener.CLOSE);
                }
            }
            ReferenceCountUtil.release(message);
        }
    }
}
