//! What no input says: the time of a save, and secrets that nobody can guess.

/// The time now where this computer is, to the second (RFC 3339).
#[expect(clippy::disallowed_methods, reason = "a save is told by the clock, no page depends on it")]
pub fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// 128 random bits in hexadecimal digits, from the operating system.
///
/// # Errors
/// Where it has none to give.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
