using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Processes;

/// <summary>What is new in one process is known in the others at once.</summary>
public sealed class SignalTests(PostgresFixture server)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Owe_InOneProcess_WakesWhoPublishesInAnother()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var owing = await database.JoinAsync("a");
        await using var publishing = await database.JoinAsync("b");
        SqlOutbox outbox = new(publishing, TimeProvider.System);
        await HeardAsync(owing, publishing);

        // No look of its own comes to its help.
        var changed = outbox.ChangedAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        await owing.CommitAsync(
            new Unit().Owe(new("event", "risk", "topic", "type", "XAA", new byte[] { 1 }, ["notification"]), DateTimeOffset.UtcNow),
            CancellationToken.None
        );

        await changed.WaitAsync(s_patience);
        Assert.Equal(
            ["event"],
            (await outbox.DueAsync(["risk"], DateTimeOffset.UtcNow.AddMinutes(1), 10, CancellationToken.None)).Select(one => one.Event.Id)
        );
        Assert.Empty(await outbox.DueAsync(["escalation"], DateTimeOffset.UtcNow.AddMinutes(1), 10, CancellationToken.None));
    }

    [Fact]
    public async Task Give_ConnectionsWereCut_IsHeardAgain()
    {
        using var database = await SharedDatabase.MakeAsync(server);
        await using var giving = await database.JoinAsync("a");
        await using var hearing = await database.JoinAsync("b");
        await HeardAsync(giving, hearing);
        await database.MeddleAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );

        await HeardAsync(giving, hearing);
        await HeardAsync(hearing, giving);
        await giving.UntilAsync(status => status.Available);
        await giving.WriteAsync("goes on");
    }

    /// <summary>Gives a signal in one process until it is heard in the other.</summary>
    private static async Task HeardAsync(SuiteStore giving, SuiteStore hearing)
    {
        var heard = hearing.Signals.WhenGiven("test");
        await Eventually.HoldsAsync(
            () =>
            {
                giving.Signals.Give("test");
                return heard.IsCompleted;
            },
            "what one process says is heard in the other",
            s_patience.TotalSeconds
        );
    }
}
