//! The server's library.
