//! The program: see [`polku::cli`].

fn main() -> std::process::ExitCode {
    polku::cli::run()
}
