//! Tells cargo that the built-in theme and its new files are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=themes");
}
