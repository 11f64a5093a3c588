/** What libraries implement so that they work with tasks. */
@NullMarked
package dev.weft.spi;

import org.jspecify.annotations.NullMarked;
