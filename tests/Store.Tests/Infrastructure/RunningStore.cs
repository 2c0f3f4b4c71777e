using EarlyWarning.Store.Connection;
using EarlyWarning.Store.DueTimes;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(EmbeddedFixture))]
[assembly: AssemblyFixture(typeof(OutsideFixture))]

namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A running store that tests share; each uses journals and queues of its own names.</summary>
public abstract class RunningStore : IAsyncLifetime
{
    private SegmentMerger? _merger;

    /// <summary>The connection.</summary>
    public StoreConnection Connection { get; private set; } = null!;

    /// <summary>Waits until all merging that was asked for is done.</summary>
    public Task MergedAsync() => _merger!.IdleAsync();

    /// <summary>Makes the journals with the given clock.</summary>
    public IJournals Journals(TimeProvider? time = null) => new RedisJournals(Connection, _merger!, time ?? TimeProvider.System);

    /// <summary>Makes the due times.</summary>
    public IDueTimes DueTimes() => new RedisDueTimes(Connection);

    public async ValueTask InitializeAsync()
    {
        Connection = new(await OptionsAsync(), NullLoggerFactory.Instance);
        await Connection.StartAsync(CancellationToken.None);
        _merger = new(Connection, NullLogger<SegmentMerger>.Instance);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _merger!.DisposeAsync();
        await Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<StoreOptions> OptionsAsync();
}

/// <summary>The embedded store on a folder of its own.</summary>
public sealed class EmbeddedFixture : RunningStore
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override Task<StoreOptions> OptionsAsync() => Task.FromResult(new StoreOptions { DataDirectory = _folder.Path });
}

/// <summary>A redis-server that keeps every write.</summary>
public sealed class OutsideFixture : RunningStore
{
    private RedisServer? _server;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server!.DisposeAsync();
    }

    private protected override async Task<StoreOptions> OptionsAsync()
    {
        _server = await RedisServer.StartAsync();
        return new() { ConnectionString = _server.ConnectionString };
    }
}
