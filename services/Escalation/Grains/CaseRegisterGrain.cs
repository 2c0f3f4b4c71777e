using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Registers;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Sequences;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace EarlyWarning.Escalation.Grains;

/// <summary>Reads cases from their rows. Keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
internal sealed class CaseRegisterGrain(IStore store, CaseReader reader, [FromKeyedServices(CaseRows.Changes)] ChangeSequence sequence)
    : Grain,
        ICaseRegisterGrain
{
    /// <inheritdoc />
    public async Task<V1.Case?> GetAsync(string name) =>
        await reader.FindAsync(name, CancellationToken.None) is { } found
            ? await reader.TellAsync(found, CaseReader.Most, CancellationToken.None)
            : null;

    /// <inheritdoc />
    public async Task<V1.Case?> OfBreachAsync(string breach) =>
        await reader.MarkAsync(breach, CancellationToken.None) is { } mark ? await GetAsync(mark.Case) : null;

    /// <inheritdoc />
    public async Task<Register<V1.Case>> ListAsync(V1.ListCasesRequest filter, RegisterKey? after, int take)
    {
        var position = await sequence.HeadAsync(CancellationToken.None);
        if (take == 0)
        {
            return new([], position, 0);
        }

        CaseList list = new(store, filter);
        List<V1.Case> items = [];
        foreach (var state in await list.PageAsync(after, take, CancellationToken.None))
        {
            items.Add(await reader.TellAsync(state, CaseReader.Newest, CancellationToken.None));
        }

        return new(items, position, await list.CountAsync(CancellationToken.None));
    }

    /// <inheritdoc />
    public async Task<RegisterChanges<V1.Case>> ChangesAfterAsync(long position, int take)
    {
        var changes = await sequence.AfterAsync(
            position,
            take,
            "case_name, first_entry, last_entry",
            row => (Case: row.GetString(1), First: row.GetInt64(2), Last: row.GetInt64(3)),
            CancellationToken.None
        );
        if (changes is null)
        {
            return new([], position, true);
        }

        List<RegisterChange<V1.Case>> told = [];
        foreach (var (at, (name, first, last)) in changes)
        {
            var now = (await reader.FindAsync(name, CancellationToken.None))!.Head.Clone();
            now.Entries.Add(await reader.EntriesAsync(name, first - 1, last, CancellationToken.None));
            told.Add(new(at, now));
        }

        return new(told, told.Count > 0 ? told[^1].Position : position, false);
    }
}
