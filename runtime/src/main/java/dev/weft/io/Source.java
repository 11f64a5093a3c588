package dev.weft.io;

/** What feeds a {@link StreamReader}. Loop thread only. */
interface Source {
    /** Switches the feeding: off while the reader has enough. */
    void read(boolean on);
}
