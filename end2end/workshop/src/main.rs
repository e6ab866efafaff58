//! The `workshop` binary: see `workshop::main`.

fn main() -> std::process::ExitCode {
    workshop::main()
}
