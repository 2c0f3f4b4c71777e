namespace EarlyWarning.Store.Invariants;

/// <summary>Compares what the outbox calls finished with who has confirmed it.</summary>
internal sealed class OutboxInvariant(IStore store) : IInvariant
{
    public string Promise => "Each event is owed, or has been confirmed by all who have to handle it.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var looked = await store.ReadAsync(new("select count(*) from outbox"), row => row.GetInt64(0), cancellationToken);
        List<string> violations = [];
        long after = 0;
        IReadOnlyList<(long Seq, string Event, string Consumers)> page;
        do
        {
            page = await store.ReadAsync(
                new("select seq, event, consumers from outbox where state = 'confirmed' and seq > $1 order by seq limit 1000", after),
                row => (row.GetInt64(0), row.GetString(1), row.GetString(2)),
                cancellationToken);
            foreach (var (seq, id, consumers) in page)
            {
                after = seq;
                var confirmed = await store.ReadAsync(
                    new("select consumer from consumed where event = $1", id), row => row.GetString(0), cancellationToken);
                var missing = consumers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(confirmed, StringComparer.Ordinal).ToList();
                if (missing.Count > 0 && violations.Count < InvariantCheck.Most)
                {
                    violations.Add($"The event {id} is finished, and {string.Join(" and ", missing)} did not confirm it.");
                }
            }
        }
        while (page.Count > 0);

        return new(looked[0], violations);
    }
}
