using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Keys;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Status;
using EarlyWarning.Store.Processes;
using EarlyWarning.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>A suite is open everywhere or nowhere.</summary>
public sealed class SuiteAccessWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Rows _rows = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Round_WhereAnotherProcessAsksWhoCalls_LetsNobodyInAndSaysWhatToDo()
    {
        var (keyed, _, _) = await ProcessAsync("keyed", withKey: true);
        var (open, anonymous, keys) = await ProcessAsync("open", withKey: false);
        await open.RoundAsync(CancellationToken.None);
        Assert.True(anonymous.IsOpen);

        await keyed.RoundAsync(CancellationToken.None);
        await open.RoundAsync(CancellationToken.None);

        Assert.False(anonymous.IsOpen);
        var line = Assert.Single((await new KeysLine(keys, anonymous, TimeProvider.System).ReadAsync(CancellationToken.None)).Lines);
        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains("keyed:5052 asks who calls", line.Text, StringComparison.Ordinal);
        Assert.Contains("--keys", line.Action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Round_WhereNoProcessAsks_LeavesTheGateOpen()
    {
        var (one, anonymous, _) = await ProcessAsync("one", withKey: false);
        var (other, _, _) = await ProcessAsync("other", withKey: false);
        await other.RoundAsync(CancellationToken.None);
        await one.RoundAsync(CancellationToken.None);
        Assert.True(anonymous.IsOpen);
    }

    private async Task<(SuiteAccessWatch Gate, AnonymousAccess Callers, ApiKeys Keys)> ProcessAsync(string name, bool withKey)
    {
        KeyFile file = new(_folder.In($"{name}.json"), TimeProvider.System);
        if (withKey)
        {
            await file.AddAsync("partner", [new(AccessRole.Partner, [], "", [])], null, CancellationToken.None);
        }

        ApiKeys keys = new(file);
        AnonymousAccess anonymous = new(keys, new(null, TimeProvider.System));
        One own = new(name, _rows);
        return (
            new(anonymous, own, new(own, TimeProvider.System), TimeProvider.System, NullLogger<SuiteAccessWatch>.Instance),
            anonymous,
            keys
        );
    }

    private sealed class Rows : Dictionary<string, Dictionary<string, string>>;

    private sealed class One : IProcesses
    {
        private readonly Rows _rows;

        public One(string own, Rows rows)
        {
            (Own, _rows) = (own, rows);
            rows[own] = [];
        }

        public string Own { get; }

        public Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SuiteProcess>>([
                .. _rows.Select(row => new SuiteProcess(row.Key, [], $"{row.Key}:5052", "", DateTimeOffset.UnixEpoch, TimeSpan.Zero)
                {
                    Files = row.Value,
                }),
            ]);

        public void GoBy(string file, string fingerprint) => _rows[Own][file] = fingerprint;

        public Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([]);
    }
}
