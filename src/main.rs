//! The program: see [`polku::cli`].

/// Pages are made of very many small strings; the system's allocator takes a quarter of a build for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    polku::cli::run()
}
