using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store.Processes;

/// <summary>Reads the table <c>process</c>.</summary>
internal sealed class SuiteProcesses(SuiteStore store, TimeProvider time) : IProcesses
{
    public string Own => store.Process;

    public Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                $"""
                select p.id, p.services, p.peer, p.version, p.started, p.files, {store.Now("$1")} - p.seen from process p
                where {store.IsAlive} order by p.id
                """,
                time.GetUtcNow().UtcTicks
            ),
            row => new SuiteProcess(
                row.GetString(0),
                row.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                row.GetString(2),
                row.GetString(3),
                new(row.GetInt64(4), TimeSpan.Zero),
                TimeSpan.FromTicks(Math.Max(0, row.GetInt64(6)))
            )
            {
                Files = row.GetString(5)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split(' '))
                    .ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal),
            },
            cancellationToken
        );

    public void GoBy(string file, string fingerprint) => store.Files[file] = fingerprint;

    public async Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var running = await store.ReadAsync(
            new($"select p.id from process p where {store.IsAlive}"),
            row => row.GetString(0),
            cancellationToken
        );
        return [.. ids.Except(running, StringComparer.Ordinal)];
    }
}
