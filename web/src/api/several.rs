use super::ApiError;
use contract::page::Page;

/// So many pages of a list, as one. `fetch` asks for the one that begins at a cursor.
pub async fn several<T, F>(pages: u32, fetch: impl Fn(Option<String>) -> F) -> Result<Page<T>, ApiError>
where
    F: IntoFuture<Output = Result<Page<T>, ApiError>>,
{
    let mut all = fetch(None).await?;
    for _ in 1..pages {
        let Some(cursor) = all.next_cursor.take() else { break };
        let next = fetch(Some(cursor)).await?;
        all.items.extend(next.items);
        all.next_cursor = next.next_cursor;
    }
    Ok(all)
}
