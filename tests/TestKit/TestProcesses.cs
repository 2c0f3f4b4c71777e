using System.Collections.Concurrent;
using EarlyWarning.Store.Processes;

namespace EarlyWarning.TestKit;

/// <summary>The processes that share a store, as a test says it: one, and those that run beside it.</summary>
public sealed class TestProcesses(string own, params IReadOnlyList<string> others) : IProcesses
{
    public string Own => own;

    public Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SuiteProcess>>([
            .. Running
                .Order(StringComparer.Ordinal)
                .Select(id => new SuiteProcess(id, [], "", "", DateTimeOffset.UnixEpoch, TimeSpan.Zero)),
        ]);

    public Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. ids.Except(Running, StringComparer.Ordinal)]);

    public void GoBy(string file, string fingerprint) => Files[file] = fingerprint;

    /// <summary>What it goes by.</summary>
    public ConcurrentDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    private IEnumerable<string> Running => others.Append(own);
}
