//! Work in parts, side by side, on threads of its own.
//!
//! What is worked out when somebody first asks may be asked for from within parallel work. Were it spread over
//! the same pool of threads, a thread that waits for it could take up other work that waits for it too, for ever.

/// Does the work on as many runs of the items as there are threads, and gives the results in order.
pub fn in_parts<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let threads = rayon::current_num_threads().min(items.len() / LEAST);
    if threads < 2 {
        return vec![work(items)];
    }
    let parts: Vec<&[T]> = items.chunks(items.len().div_ceil(threads)).collect();
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = parts.iter().map(|part| scope.spawn(move || work(part))).collect();
        let done = running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.collect()
    })
}

/// Fewer items are not worth a thread.
const LEAST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        let sums = in_parts(&items, <[usize]>::to_vec).concat();
        assert_eq!(sums, items);
        assert_eq!(in_parts(&[] as &[u8], <[u8]>::len), [0]);
    }
}
