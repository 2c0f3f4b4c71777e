using EarlyWarning.Board.Status;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Status;

public sealed class OwedDestinationTests
{
    [Fact]
    public void Owed_ByDestination_IsCounted_GivenUpFirst_AndWhatHasArrivedIsLeftOut()
    {
        var owed = OwedDestination.Of([
            Message("recipients/b", 5, Way("hook", Delivery.Types.State.Waiting, "timed out")),
            Message("recipients/a", 1, Way("hook", Delivery.Types.State.Waiting, "refused"), Way("inbox", Delivery.Types.State.Delivered)),
            Message("recipients/a", 9, Way("hook", Delivery.Types.State.GivenUp, "no answer")),
        ]);

        Assert.Equal(["recipients/a", "recipients/b"], owed.Select(one => one.Recipient));
        Assert.Equal((1, 1, "refused", Known.Now.AddHours(-9)), (owed[0].Waiting, owed[0].GivenUp, owed[0].Detail, owed[0].Oldest));
    }

    private static Notification Message(string recipient, int hoursOld, params Delivery[] ways) =>
        new()
        {
            Recipient = recipient,
            CreateTime = Known.Now.AddHours(-hoursOld).ToTimestamp(),
            Deliveries = { ways },
        };

    private static Delivery Way(string channel, Delivery.Types.State state, string detail = "") =>
        new()
        {
            ChannelId = channel,
            State = state,
            Detail = detail,
        };
}
