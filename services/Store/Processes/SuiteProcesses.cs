namespace EarlyWarning.Store.Processes;

/// <summary>Reads the table <c>process</c>.</summary>
internal sealed class SuiteProcesses(SuiteStore store, TimeProvider time) : IProcesses
{
    public string Own => store.Process;

    public Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken) => store.ReadAsync(
        new(
            $"""
            select p.id, p.services, p.peer, p.version, p.started, {store.Now("$1")} - p.seen from process p
            where {store.IsAlive} order by p.id
            """,
            time.GetUtcNow().UtcTicks),
        row => new SuiteProcess(
            row.GetString(0), row.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.GetString(2), row.GetString(3),
            new(row.GetInt64(4), TimeSpan.Zero), TimeSpan.FromTicks(Math.Max(0, row.GetInt64(5)))),
        cancellationToken);

    public async Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var running = await store.ReadAsync(new($"select p.id from process p where {store.IsAlive}"), row => row.GetString(0), cancellationToken);
        return [.. ids.Except(running, StringComparer.Ordinal)];
    }
}
