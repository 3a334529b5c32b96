/// These in the order of their keys; those with the same key as they came.
///
/// For what a page shows, which is not much and mostly in order already. The standard library sorts a million as quickly, at
/// four kilobytes for each type.
pub fn in_order<T, K: PartialOrd>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut ordered: Vec<T> = Vec::new();
    for item in items {
        let own = key(&item);
        let place = ordered.iter().rposition(|before| key(before) <= own).map_or(0, |before| before + 1);
        ordered.insert(place, item);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn equal_ones_stay_as_they_came() {
        let given = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        assert_eq!(in_order(given, |it| it.0), [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        assert!(in_order(Vec::<u8>::new(), |it| *it).is_empty());
    }
}
