using EarlyWarning.Ledger.Audit;
using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.V1;

namespace EarlyWarning.Escalation.Tests.Audit;

public sealed class AuditLogTests : IAsyncDisposable
{
    private readonly TestStore _store = new(TimeProvider.System);
    private readonly AwayStore _away;
    private readonly AuditChain _chain;

    public AuditLogTests() => (_away, _chain) = (new(_store.Store), new(_store.Store));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Keep_WhileTheStoreIsAway_IsWrittenOnceItIsBack()
    {
        using var log = LogOf(new());
        _away.IsAway = true;

        await log.KeepAsync(Entry());
        log.Count(new("ada", "/rpc", "PERMISSION_DENIED", ""), Entry);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => log.WriteAsync(all: true, Cancel));
        Assert.Equal(2, log.Waiting);

        _away.IsAway = false;
        await log.WriteAsync(all: true, Cancel);
        Assert.Equal((0, 2L), (log.Waiting, (await _chain.SpanAsync(Cancel)).Head.Position));
    }

    [Fact]
    public async Task Count_BeyondWhatMemoryKeeps_IsOneEntryThatSaysHowMany()
    {
        using var log = LogOf(new() { MostWaiting = 5, KindsAtOnce = 10_000 });
        for (var i = 0; i < 100; i++)
        {
            log.Count(new($"caller-{i}", "/rpc", "PERMISSION_DENIED", ""), Entry);
        }

        Assert.Equal(5, log.Waiting);
        await log.WriteAsync(all: true, Cancel);
        await log.WriteAsync(all: true, Cancel);

        var last = (await _chain.ListAsync(new(Method: RefusalTally.Others), long.MaxValue, 10, Cancel))[0];
        Assert.Equal(95L, AuditEntry.Parser.ParseJson(last.Text).Count);
        Assert.Equal(6L, (await _chain.SpanAsync(Cancel)).Head.Position);
    }

    [Fact]
    public async Task Write_BeforeTheMinutesEnd_LeavesWhatIsCountedUntilThen()
    {
        using var log = LogOf(new());
        log.Count(new("ada", "/rpc", "PERMISSION_DENIED", ""), Entry);
        log.Count(new("ada", "/rpc", "PERMISSION_DENIED", ""), Entry);

        await log.WriteAsync(all: false, Cancel);
        Assert.Equal(1L, (await _chain.SpanAsync(Cancel)).Head.Position);
        await log.WriteAsync(all: true, Cancel);
        Assert.Equal(2L, (await _chain.SpanAsync(Cancel)).Head.Position);
    }

    private AuditLog LogOf(AuditOptions options) => new(new(_away), options, TimeProvider.System);

    private static AuditEntry Entry() => AuditEntries.Own("suite", "", "said", DateTimeOffset.UtcNow);

    /// <summary>A store that can be away.</summary>
    private sealed class AwayStore(IStore store) : IStore
    {
        public bool IsAway { get; set; }

        public StoreIdentity Identity => store.Identity;

        public Store.Signals.ISignals Signals => store.Signals;

        public Task CommitAsync(Unit unit, CancellationToken cancellationToken) =>
            IsAway ? throw Away() : store.CommitAsync(unit, cancellationToken);

        public Task<IReadOnlyList<T>> ReadAsync<T>(
            Statement statement,
            Func<System.Data.Common.DbDataReader, T> map,
            CancellationToken cancellationToken
        ) => IsAway ? throw Away() : store.ReadAsync(statement, map, cancellationToken);

        private static StoreUnavailableException Away() => new("The store is away.");
    }
}
