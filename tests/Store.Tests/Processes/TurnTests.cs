using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Processes;

/// <summary>Processes that write the same rows at the same time.</summary>
public sealed class TurnTests(PostgresFixture server)
{
    private const int Rows = 8;

    [Fact]
    public async Task Commit_GroupsThatWaitForEachOthersRows_AllHappenOnce()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        await Task.WhenAll(Enumerable.Range(0, Rows).Select(row => first.WriteAsync($"{row}")));

        await Task.WhenAll(
            Enumerable
                .Range(0, Rows)
                .Select(row => first.CommitAsync(Counting(row, slow: true), CancellationToken.None))
                .Concat(
                    Enumerable
                        .Range(0, Rows)
                        .Select(row => second.CommitAsync(Counting(Rows - 1 - row, slow: true), CancellationToken.None))
                )
        );

        Assert.All(
            await first.ReadAsync(new("select at from due where queue = 'shared'"), row => row.GetInt64(0), CancellationToken.None),
            count => Assert.Equal(2, count)
        );
        Assert.True(first.Status.Available && second.Status.Available);
    }

    [Fact]
    public async Task KeepRequest_TheSameToTwoProcessesAtOnce_HappensOnce()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        await first.WriteAsync("0");
        for (var time = 0; time < 10; time++)
        {
            var mark = $"ada\nrequest-{time}\n/rpc\ncontent";
            var tries = await Task.WhenAll(
                new[] { first, second }.Select(async store =>
                {
                    try
                    {
                        await store.CommitAsync(Counting(0).KeepRequest(mark, [1], DateTimeOffset.UtcNow), CancellationToken.None);
                        return true;
                    }
                    catch (StoreConflictException)
                    {
                        return false;
                    }
                })
            );
            Assert.Single(tries, happened => happened);
        }

        Assert.Equal(
            [10L],
            await first.ReadAsync(new("select at from due where queue = 'shared'"), row => row.GetInt64(0), CancellationToken.None)
        );
    }

    [Fact]
    public async Task KeepAudit_BySeveralProcessesAtOnce_IsOneChain()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var first = await database.JoinAsync("a");
        await using var second = await database.JoinAsync("b");
        SuiteStore[] stores = [first, second];

        // The same entry comes to both, as a call that is sent again does.
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(n =>
                    stores[n % 2]
                        .CommitAsync(
                            new Unit().KeepAudit(
                                $$$"""{"id":"{{{n / 4}}}","time":"2026-05-01T12:00:00Z","caller":"ada","method":"/rpc","code":"OK"}"""
                            ),
                            CancellationToken.None
                        )
                )
        );

        var check = await new AuditChain(first).VerifyAsync(known: null, CancellationToken.None);
        Assert.Empty(check.Faults);
        Assert.Equal(10, check.Looked);
    }

    private static Unit Counting(int row, bool slow = false) =>
        new Unit().Add(
            $"update due set at = at + 1 where queue = 'shared' and member = $1{(slow ? " and (select 1 from pg_sleep(0.02)) = 1" : "")}",
            $"{row}"
        );
}
