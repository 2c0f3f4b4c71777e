using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Sidecar.Broker;

namespace EarlyWarning.Sidecar;

/// <summary>What the local sidecar has to say in the status that operators see: whether messages get through, and what did not.</summary>
/// <param name="deadLetters">Of <see cref="SidecarHost.DeadLetters"/>.</param>
/// <param name="undelivered">Of <see cref="SidecarHost.Undelivered"/>.</param>
/// <param name="time">The clock.</param>
public sealed class SidecarStatus(IDeadLetters deadLetters, IUndelivered undelivered, TimeProvider time) : IStatusSource
{
    /// <summary>A delivery takes milliseconds; whatever waits for longer is being retried or has nobody to go to.</summary>
    private static readonly TimeSpan s_attention = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_failing = TimeSpan.FromMinutes(2);

    private static readonly Gauge s_waiting = new(
        "earlywarning.broker.undelivered",
        "{message}",
        "Messages that the broker has not brought to all yet."
    );
    private static readonly Gauge s_age = new(
        "earlywarning.broker.undelivered.age",
        "s",
        "Age of the oldest message that the broker has not brought to all yet."
    );
    private static readonly Gauge s_dead = new(
        "earlywarning.broker.dead_letters",
        "{message}",
        "Messages that an app did not handle in all attempts."
    );

    /// <summary>Every gauge of it.</summary>
    public static IReadOnlyList<Gauge> AllGauges { get; } = [s_waiting, s_age, s_dead];

    /// <inheritdoc/>
    public string Name => "broker";

    /// <inheritdoc/>
    public V1.Heading Heading => V1.Heading.Path;

    /// <inheritdoc/>
    public IReadOnlyList<Gauge> Gauges => AllGauges;

    /// <inheritdoc/>
    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<StatusReport>(
            new(
                [Deliveries(), Dead()],
                [
                    s_waiting.Is(undelivered.Count),
                    s_age.Age(undelivered.Oldest?.PublishedAt, time.GetUtcNow()),
                    s_dead.Is(deadLetters.Count),
                ]
            )
        );

    private V1.StatusLine Deliveries()
    {
        var line = new V1.StatusLine
        {
            Subject = "deliveries",
            Health = V1.Health.Ok,
            Text = Text($"Messages that wait for delivery: {undelivered.Count}"),
        };
        if (undelivered.Oldest is { } oldest && time.GetUtcNow() - oldest.PublishedAt is var age && age >= s_attention)
        {
            var apps = string.Join(", ", oldest.AppIds);
            line.Health = age >= s_failing ? V1.Health.Failing : V1.Health.Attention;
            line.Text += Text($", the oldest ({oldest.EventId} on {oldest.Topic}) for {age.TotalSeconds:N0} s, to {apps}");
            line.Action = $"See in the log why {apps} does not answer or answers RETRY; nothing is lost meanwhile.";
        }

        return line;
    }

    private V1.StatusLine Dead()
    {
        var line = new V1.StatusLine
        {
            Subject = "dead-letters",
            Health = V1.Health.Ok,
            Text = Text($"Dead letters: {deadLetters.Count}"),
        };
        if (deadLetters.List(1) is [var oldest])
        {
            line.Health = V1.Health.Attention;
            line.Text += Text($", the oldest {oldest.EventId} of {oldest.Topic} since {oldest.DeadSince:u}: ");
            line.Text += $"{oldest.AppId} did not handle it, {oldest.Reason}";
            line.Action = $"It had no effect there. Mend the cause that the reason names, then: ew events retry {oldest.EventId}.";
        }

        return line;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
