using System.Globalization;

namespace EarlyWarning.Store.Clocks;

/// <summary>Words what happened to the clocks, for operators and senders.</summary>
internal static class ClockText
{
    private const string GoesOn = "The suite's time goes on as before,";
    private const string Waits = "What only time decides waits as well,";

    public static string Jumped(TimeSpan lead, DateTimeOffset at) =>
        $"The wall clock was set {Direction(lead)} at {Say(at)}, and no other clock confirms it. {GoesOn}";

    public static string JumpedAgain(TimeSpan lead, DateTimeOffset at) =>
        $"The wall clock was set again at {Say(at)} and is now {Direction(lead)}; no other clock confirms it. {GoesOn}";

    public static string JumpedBefore(TimeSpan lead, DateTimeOffset last) =>
        $"The wall clock was set {Direction(lead)} while the suite did not run, after {Say(last)}, by how long the machine has run since. "
        + $"The suite's time is what it would be otherwise. {Waits}";

    public static string StoreDiffers(TimeSpan lead, DateTimeOffset at, bool waits) =>
        $"The store's clock is {(lead > TimeSpan.Zero ? "ahead of" : "behind")} the wall clock by {Say(lead.Duration())} since {Say(at)}. "
        + (waits ? Waits : GoesOn);

    public static string BehindStore(DateTimeOffset wall, DateTimeOffset last) =>
        $"The wall clock says {Say(wall)}, and the store was in use at {Say(last)}, {Say(last - wall)} later. {Waits}";

    public static string Until(TimeSpan grace) =>
        $" and observations are to be sent again, until the clocks agree or {Say(grace)} have passed.";

    public static string Believed(TimeSpan lead, DateTimeOffset at, string why) =>
        $"The wall clock was set {Direction(lead)} at {Say(at)}: {why}";

    public static string Back(TimeSpan lead, DateTimeOffset from, DateTimeOffset to) =>
        $"The wall clock was set {Direction(lead)} at {Say(from)}, and is back since {Say(to)}: due times made meanwhile are set right.";

    public static string Confirmed(TimeSpan lead, DateTimeOffset from, DateTimeOffset to) =>
        $"The wall clock was set {Direction(lead)} at {Say(from)}, and another clock agrees with it since {Say(to)}.";

    public static string Accepted(TimeSpan lead, DateTimeOffset from, DateTimeOffset to) =>
        $"The wall clock was set {Direction(lead)} at {Say(from)}, nobody has set it back, and it is believed from {Say(to)} on.";

    public static string AgreeAgain(TimeSpan difference, DateTimeOffset from, DateTimeOffset to) =>
        $"The clocks agree again since {Say(to)}; {Say(difference.Duration())} lay between them from {Say(from)} on.";

    public static string DifferenceAccepted(TimeSpan difference, DateTimeOffset from) =>
        $"{Say(difference.Duration())} lie between the wall clock and the store since {Say(from)}, nobody has set them right, "
        + "and the wall clock is believed.";

    public static string StoreJumped(TimeSpan by, DateTimeOffset to) => $"The store's clock was set {Direction(by)} at {Say(to)}.";

    public static string AheadOfStore(DateTimeOffset wall, DateTimeOffset last) =>
        $"The wall clock says {Say(wall)}, and the store was last in use at {Say(last)}, {Say(wall - last)} before: where it was not left "
        + $"for so long, the wall clock is ahead. {Waits}";

    public static string Silence(DateTimeOffset last, TimeSpan silence) =>
        $"The store was last in use at {Say(last)}, {Say(silence)} ago, and its own clock agrees with the wall clock.";

    private static string Direction(TimeSpan lead) => $"{(lead > TimeSpan.Zero ? "forward" : "back")} by {Say(lead.Duration())}";

    private static string Say(DateTimeOffset time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);

    private static string Say(TimeSpan time) =>
        time.TotalDays >= 3
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:#,##0.#} days")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:#,##0} s");
}
