using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;

namespace EarlyWarning.Store.Invariants;

/// <summary>Compares what the outbox owes with who has confirmed it.</summary>
internal sealed class OutboxInvariant(IStore store) : IInvariant
{
    public string Promise => "No event is owed that all who have to handle it have confirmed.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var looked = await store.ReadAsync(new("select count(*) from outbox"), row => row.GetInt64(0), cancellationToken);
        var finished = await store.ReadAsync(
            new(
                $"select event from outbox where state <> 'aside' and consumers <> '' and {OutboxSql.IsConfirmed} order by seq limit $1",
                (long)InvariantCheck.Most
            ),
            row => $"The event {row.GetString(0)} is owed, and all have confirmed it.",
            cancellationToken
        );
        return new(looked[0], finished);
    }
}
