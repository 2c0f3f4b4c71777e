using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Notification.Status;

/// <summary>What is owed, as gauges. Pure.</summary>
internal static class OwedGauges
{
    /// <summary>So many destinations have values of their own, those that have waited longest; the rest are one.</summary>
    private const int MostNamed = 200;

    private static readonly Gauge s_undelivered = new(
        "earlywarning.notification.undelivered",
        "{message}",
        "Messages that wait to be delivered, by recipient and channel; absent where none does."
    );

    private static readonly Gauge s_age = new(
        "earlywarning.notification.undelivered.age",
        "s",
        "Age of the oldest message that waits, by recipient and channel; absent where none does."
    );

    private static readonly Gauge s_waiting = new(
        "earlywarning.notification.waiting",
        "{message}",
        "Messages that wait to be delivered, in all."
    );
    private static readonly Gauge s_oldest = new(
        "earlywarning.notification.waiting.age",
        "s",
        "Age of the oldest message that waits; 0 where none does."
    );
    private static readonly Gauge s_givenUp = new(
        "earlywarning.notification.given_up",
        "{message}",
        "Messages that were given up and nobody has."
    );

    private static readonly Gauge s_givenUpOnOne = new(
        "earlywarning.notification.given_up_on_one",
        "{message}",
        "Messages that were given up on one channel, and are there by another."
    );

    private static readonly Gauge s_unaddressed = new(
        "earlywarning.notification.unaddressed",
        "{message}",
        "Messages that the directory names nobody for."
    );

    private static readonly Gauge s_resting = new(
        "earlywarning.notification.channels.resting",
        "{channel}",
        "Channels that rest because the other side said that they are no more."
    );

    private static readonly Gauge s_failing = new(
        "earlywarning.notification.channels.failing",
        "{channel}",
        "Channels whose last attempt failed."
    );

    public static IReadOnlyList<Gauge> All { get; } =
    [s_undelivered, s_age, s_waiting, s_oldest, s_givenUp, s_givenUpOnOne, s_unaddressed, s_resting, s_failing];

    public static IReadOnlyList<GaugeValue> Of(Owed owed, int failing, DateTimeOffset now) =>
        [
            .. owed.Waiting.Take(MostNamed).SelectMany(one => Of(one.Key.Recipient, one.Key.Channel, one.Count, one.Oldest, now)),
            .. owed.Waiting.Count > MostNamed ? Rest([.. owed.Waiting.Skip(MostNamed)], now) : [],
            s_waiting.Is(owed.Waiting.Sum(one => one.Count)),
            s_oldest.Age(owed.Waiting is [var oldest, ..] ? oldest.Oldest : null, now),
            s_givenUp.Is(owed.GivenUp),
            s_givenUpOnOne.Is(owed.GivenUpOnOne),
            s_unaddressed.Is(owed.Unaddressed),
            s_resting.Is(owed.Resting.Count),
            s_failing.Is(failing),
        ];

    private static IEnumerable<GaugeValue> Rest(IReadOnlyList<WaitingMessages> rest, DateTimeOffset now) =>
        Of("(others)", "", rest.Sum(one => one.Count), rest.Min(one => one.Oldest), now);

    private static IEnumerable<GaugeValue> Of(string recipient, string channel, long count, DateTimeOffset oldest, DateTimeOffset now) =>
        [
            s_undelivered.Is(count, ("recipient", recipient), ("channel", channel)),
            s_age.Age(oldest, now, ("recipient", recipient), ("channel", channel)),
        ];
}
