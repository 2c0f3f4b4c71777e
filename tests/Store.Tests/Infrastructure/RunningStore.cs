using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(SqliteFixture))]
[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A running store that tests share; each uses journals and queues of its own names.</summary>
public abstract class RunningStore : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The store.</summary>
    public SuiteStore Store { get; private set; } = null!;

    /// <summary>Makes the journals with the given clock.</summary>
    public IJournals Journals(TimeProvider? time = null) => new SqlJournals(Store, time ?? TimeProvider.System);

    /// <summary>Makes the due times.</summary>
    public IDueTimes DueTimes() => new SqlDueTimes(Store, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        Store = new(
            new() { DataDirectory = _folder.Path, ConnectionString = await ConnectionStringAsync() },
            [],
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await Store.StartAsync(CancellationToken.None);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<string?> ConnectionStringAsync();
}

/// <summary>SQLite in a folder of its own.</summary>
public sealed class SqliteFixture : RunningStore
{
    private protected override Task<string?> ConnectionStringAsync() => Task.FromResult<string?>(null);
}

/// <summary>Debian's PostgreSQL.</summary>
public sealed class PostgresFixture : RunningStore
{
    private PostgresServer? _server;

    /// <summary>For those who go past the store, as another process of the suite does.</summary>
    public string ConnectionString => _server!.ConnectionString;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server!.DisposeAsync();
    }

    private protected override async Task<string?> ConnectionStringAsync() =>
        (_server = await PostgresServer.StartAsync()).ConnectionString;
}
