/**
 * A small HTTP/1.1 server and client on streams: {@link dev.weft.examples.http.HttpServer} serves connections,
 * {@link dev.weft.examples.http.Exchange} is what happens on one of them, {@link dev.weft.examples.http.HeadParser} and
 * {@link dev.weft.examples.http.Body} read what comes.
 */
package dev.weft.examples.http;
