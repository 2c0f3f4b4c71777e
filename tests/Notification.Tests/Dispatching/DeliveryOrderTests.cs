using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Tests.Infrastructure;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class DeliveryOrderTests
{
    private static readonly ChannelKey s_key = new("recipients/desk", "hook");

    // As the queue asks before each attempt: to sort all that waits there made ten thousand messages cost the square of one.
    [Fact]
    public async Task Due_OfAChannel_IsReadInItsOrderWithoutSortingAllThatWaits()
    {
        await using var suite = await TestSuite.StartAsync(dispatch: false);

        var plan = await PlanAsync(suite, DeliverySql.Due(s_key, Start, long.MaxValue, 1, probe: false));

        Assert.Contains("notification_delivery_order", Assert.Single(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_TenThousandWait_AreReadFromIndexesByChannelAndNotByMessage()
    {
        await using var suite = await TestSuite.StartAsync(dispatch: false);
        await WaitAsync(suite, 10_000);

        var plan = (await PlanAsync(suite, DeliverySql.Channels()))
            .Where(step =>
                step.Contains("notification_delivery", StringComparison.Ordinal) || step.Contains(" d ", StringComparison.Ordinal)
            )
            .ToList();

        Assert.NotEmpty(plan);
        Assert.All(plan, step => Assert.Contains("USING COVERING INDEX notification_delivery_", step, StringComparison.Ordinal));
        Assert.All(plan.Skip(1), step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Channels_TenThousandWait_AreTheMostSevereFirstThenTheOldestEachWithWhatIsDueFirst()
    {
        await using var suite = await TestSuite.StartAsync(dispatch: false);
        await WaitAsync(suite, 10_000);

        var channels = await suite.Get<DeliveryQueue>().ChannelsAsync(default);

        var all = await suite.Store.ReadAsync(
            new("select recipient, channel, severity, created, due from notification_delivery where state = 1"),
            row =>
                (
                    Key: new ChannelKey(row.GetString(0), row.GetString(1)),
                    Severity: row.GetInt64(2),
                    Created: row.GetInt64(3),
                    Due: row.GetInt64(4)
                ),
            default
        );
        var expected = all.GroupBy(one => one.Key)
            .Select(group =>
                (First: group.OrderByDescending(one => one.Severity).ThenBy(one => one.Created).First(), Due: group.Min(one => one.Due))
            )
            .OrderByDescending(one => one.First.Severity)
            .ThenBy(one => one.First.Created)
            .ThenBy(one => one.First.Key.Recipient, StringComparer.Ordinal)
            .ThenBy(one => one.First.Key.Channel, StringComparer.Ordinal);
        Assert.Equal(
            expected.Select(one => (one.First.Key, one.First.Severity, one.First.Created, one.Due)),
            channels.Select(one => (one.Key, one.Severity, one.Oldest.UtcTicks, one.Due.UtcTicks))
        );
        Assert.Equal(14, channels.Count);
    }

    /// <summary>Lets so many messages wait on two channels each of seven recipients, and some that were delivered be there too.</summary>
    private static async Task WaitAsync(TestSuite suite, int count)
    {
        var random = new Random(20260301);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1_000))
        {
            var unit = new Unit();
            foreach (var i in chunk)
            {
                unit.Add(
                    """
                    insert into notification_delivery (message, channel, recipient, kind, destination, severity, state, created, due, ends,
                      attempts,
                      failures, holder, detail)
                    values ($1, $2, $3, 2, '', $4, $5, $6, $7, $8, 0, 0, '', '')
                    """,
                    $"m{i}",
                    $"hook-{random.Next(2)}",
                    $"recipients/desk-{random.Next(7)}",
                    (long)random.Next(1, 4),
                    i % 100 == 0 ? 2L : 1L,
                    Start.UtcTicks + random.Next(100_000),
                    Start.UtcTicks + random.Next(100_000),
                    Start.AddDays(7).UtcTicks
                );
            }

            await suite.Store.CommitAsync(unit, default);
        }
    }

    private static Task<IReadOnlyList<string>> PlanAsync(TestSuite suite, Statement statement) =>
        suite.Store.ReadAsync(new($"explain query plan {statement.Sql}", statement.Values), row => row.GetString(3), default);
}
