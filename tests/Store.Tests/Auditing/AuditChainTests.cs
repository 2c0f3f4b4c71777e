using System.Globalization;
using System.Text.Json;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Auditing;

/// <summary>The chain in a file of SQLite.</summary>
public sealed class SqliteAuditChainTests(SqliteFixture store) : AuditChainTests(store);

/// <summary>The chain in PostgreSQL.</summary>
public sealed class PostgresAuditChainTests(PostgresFixture store) : AuditChainTests(store);

public abstract class AuditChainTests(RunningStore store) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private AuditChain Chain => new(store.Store);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await store.Store.CommitAsync(
            new Unit()
                .Add("delete from audit")
                .Add("update audit_chain set start_position = 0, start_hash = '', head_position = 0, head_hash = ''"),
            Cancel
        );

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task KeepAudit_WithAnEffect_IsThereWithItAndNotWithoutIt()
    {
        var mark = $"\n\n/method\n\n{Entry(1)}";
        await store.Store.CommitAsync(Effect().KeepRequest(mark, [], s_start), Cancel);
        await Assert.ThrowsAsync<StoreConflictException>(() =>
            store.Store.CommitAsync(
                new Unit()
                    .KeepAudit(Entry(2))
                    .Require(() => new StoreConflictException("refused"), "update lease set holder = '' where name = 'nobody'"),
                Cancel
            )
        );

        Assert.Equal([Entry(1)], await TextsAsync());
        await Chain.KeepAsync(Entry(1), Cancel);
        await store.Store.CommitAsync(new Unit().KeepAudit(Entry(1)), Cancel);
        Assert.Equal([Entry(1)], await TextsAsync());

        static Unit Effect() => new Unit().Add("insert into lease (name, holder, until) values ('audited', 'here', 0)");
    }

    [Fact]
    public async Task Chain_OfManyAtOnce_IsTheHashOfEachOverTheOneBefore()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Chain.KeepAsync(Entry(i), Cancel)));

        var entries = (await Chain.ListAsync(new(), long.MaxValue, 1_000, Cancel)).Reverse().ToList();
        var (check, hash) = (await Chain.VerifyAsync(null, Cancel), "");
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), entries.Select(entry => entry.Position));
        Assert.All(entries, entry => Assert.Equal(hash = AuditHash.Of(hash, entry.Text), entry.Hash));
        Assert.Equal((300L, 0), (check.Looked, check.Faults.Count));
        Assert.Equal(new(300, hash), check.Span.Head);
    }

    [Theory]
    [InlineData("update audit set entry = replace(entry, 'ada', 'bob') where position = 3", "Entry 3 was changed")]
    [InlineData("update audit set hash = 'x' where position = 3", "Entry 3 was changed")]
    [InlineData("delete from audit where position = 3", "Entries 3 to 3 are missing")]
    [InlineData("delete from audit where position > 3", "Entries 4 to 5 are missing")]
    [InlineData("update audit_chain set head_hash = 'x'", "its end is said to be 5:x")]
    public async Task Verify_OfATamperedChain_NamesThePlace(string tampering, string fault)
    {
        await FillAsync(5);
        await store.Store.CommitAsync(new Unit().Add(tampering), Cancel);

        Assert.Contains((await Chain.VerifyAsync(null, Cancel)).Faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_OfAChainMadeAnew_HoldsByItselfAndNotAgainstAnEndWrittenDownBefore()
    {
        await FillAsync(3);
        var known = (await Chain.SpanAsync(Cancel)).Head;
        await FillAsync(5);
        Assert.Empty((await Chain.VerifyAsync(known, Cancel)).Faults);

        await store.Store.CommitAsync(
            new Unit().Add("delete from audit").Add("update audit_chain set head_position = 0, head_hash = ''"),
            Cancel
        );
        await FillAsync(2);
        Assert.Empty((await Chain.VerifyAsync(null, Cancel)).Faults);
        Assert.Contains(
            "what came after was cut off",
            Assert.Single((await Chain.VerifyAsync(known, Cancel)).Faults),
            StringComparison.Ordinal
        );

        await Chain.KeepAsync(Entry(77), Cancel);
        Assert.Contains("was changed since", Assert.Single((await Chain.VerifyAsync(known, Cancel)).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trim_OfOldEntries_LeavesAChainThatRemembersItsStart()
    {
        await FillAsync(10);
        var fourth = (await Chain.ListAsync(new(), 5, 1, Cancel))[0];

        Assert.Equal(4, await Chain.TrimAsync(s_start.AddMinutes(4), Cancel));

        var check = await Chain.VerifyAsync(new(fourth.Position, fourth.Hash), Cancel);
        Assert.Equal((6L, 0, new AuditLink(4, fourth.Hash)), (check.Looked, check.Faults.Count, check.Span.Start));
        Assert.NotEmpty((await Chain.VerifyAsync(new(2, fourth.Hash), Cancel)).Faults);

        // The last one stays, so that the chain goes on from it.
        Assert.Equal(5, await Chain.TrimAsync(DateTimeOffset.MaxValue, Cancel));
        await Chain.KeepAsync(Entry(10), Cancel);
        Assert.Equal(2, (await Chain.VerifyAsync(null, Cancel)).Looked);
    }

    [Fact]
    public async Task List_ByEachFilter_HasWhatItKeepsNewestFirst()
    {
        await FillAsync(4);
        await Chain.KeepAsync(Entry(4, "bob", "/other", "PERMISSION_DENIED"), Cancel);

        Assert.Equal([5L], await PositionsAsync(new(Caller: "bob")));
        Assert.Equal([5L], await PositionsAsync(new(Method: "/other")));
        Assert.Equal([5L], await PositionsAsync(new(Code: "PERMISSION_DENIED")));
        Assert.Equal([3L, 2L], await PositionsAsync(new(From: s_start.AddMinutes(1), Before: s_start.AddMinutes(3))));
        Assert.Equal([4L, 3L], (await Chain.ListAsync(new(Caller: "ada"), 5, 2, Cancel)).Select(entry => entry.Position));
        Assert.Empty(await PositionsAsync(new(Caller: "ada", Code: "PERMISSION_DENIED")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"id":"1","time":"late","caller":"a","method":"m","code":"OK"}""")]
    public void KeepAudit_OfWhatIsNoEntry_IsRefusedBeforeTheStore(string text) =>
        Assert.Throws<ArgumentException>(() => new Unit().KeepAudit(text));

    private static string Entry(int number, string caller = "ada", string method = "/method", string code = "OK") =>
        JsonSerializer.Serialize(
            new
            {
                id = number.ToString(CultureInfo.InvariantCulture),
                time = s_start.AddMinutes(number),
                caller,
                method,
                code,
                resource = "frameworks/é\n",
            }
        );

    private async Task FillAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Chain.KeepAsync(Entry(i), Cancel);
        }
    }

    private async Task<IEnumerable<string>> TextsAsync() =>
        (await Chain.ListAsync(new(), long.MaxValue, 100, Cancel)).Select(entry => entry.Text);

    private async Task<IEnumerable<long>> PositionsAsync(AuditFilter filter) =>
        (await Chain.ListAsync(filter, long.MaxValue, 100, Cancel)).Select(entry => entry.Position);
}
