using EarlyWarning.Notification.Directory;
using static EarlyWarning.V1.Delivery.Types;

namespace EarlyWarning.Notification.Messages;

/// <summary>How far a message has come on one channel, as its row has it.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Kind">The channel's kind.</param>
/// <param name="Destination">Where to, without secret parts, as last used.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Due">When the next attempt is due; while one is under way, when others may take it for lost.</param>
/// <param name="Ends">When it is given up.</param>
/// <param name="Attempts">Attempts begun.</param>
/// <param name="Failures">Attempts that failed since it was made or is sent anew.</param>
/// <param name="Holder">Who has an attempt under way; empty where nobody has.</param>
/// <param name="Detail">Why it waits, or what it came to.</param>
internal sealed record Delivery(
    string Channel,
    V1.ChannelKind Kind,
    string Destination,
    State State,
    DateTimeOffset Created,
    DateTimeOffset Due,
    DateTimeOffset Ends,
    int Attempts,
    int Failures,
    string Holder,
    string Detail
)
{
    /// <summary>One that waits for its first attempt.</summary>
    public static Delivery New(ChannelTarget channel, DateTimeOffset now, TimeSpan budget) =>
        new(channel.Id, channel.Kind, channel.Shown, State.Waiting, now, now, now + budget, 0, 0, "", "");

    /// <summary>The same with an attempt under way.</summary>
    /// <param name="holder">Who has it.</param>
    /// <param name="until">When others may take it for lost.</param>
    public Delivery Begun(string holder, DateTimeOffset until) => this with { Holder = holder, Due = until, Attempts = Attempts + 1 };

    /// <summary>The same, to be tried anew with the whole budget before it.</summary>
    public Delivery Anew(DateTimeOffset now, TimeSpan budget) =>
        this with
        {
            State = State.Waiting,
            Due = now,
            Ends = now + budget,
            Failures = 0,
            Detail = "",
        };
}
