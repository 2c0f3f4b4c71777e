using EarlyWarning.V1;

namespace EarlyWarning.TestKit.Stories;

/// <summary>Who is to be told of what, when, on which channel.</summary>
internal sealed record Told(double From, double To, string Country, string Recipient, ChannelKind Kind, Delivery.Types.State State)
{
    public bool IsMetBy(SeenMessage message, double at) =>
        at >= From && at <= To && (message.Country, message.Recipient, message.Kind, message.State) == (Country, Recipient, Kind, State);

    public override string ToString() => FormattableString.Invariant($"{From} to {To} s: {Recipient} of {Country} by {Kind}, {State}");
}

/// <summary>What became of a message on one channel.</summary>
internal sealed record SeenMessage(string Name, string Country, string Recipient, ChannelKind Kind, Delivery.Types.State State)
{
    public override string ToString() => $"{Recipient} of {Country} by {Kind}, {State} ({Name})";
}
