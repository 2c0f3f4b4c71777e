using EarlyWarning.Notification.Tests.Infrastructure;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class DeliveryOrderTests
{
    // As the queue asks before each attempt: to sort all that waits there made ten thousand messages cost the square of one.
    [Fact]
    public async Task Due_OfAChannel_IsReadInItsOrderWithoutSortingAllThatWaits()
    {
        await using var suite = await TestSuite.StartAsync(dispatch: false);

        var plan = await suite.Store.ReadAsync(
            new(
                """
                explain query plan select message from notification_delivery
                where state = 1 and recipient = $1 and channel = $2 and (due <= $3 or due > $4) order by severity desc, created, message limit $5
                """,
                "recipients/desk", "hook", 1L, 2L, 1L),
            row => row.GetString(3),
            default);

        Assert.Contains("notification_delivery_order", Assert.Single(plan), StringComparison.Ordinal);
    }
}
