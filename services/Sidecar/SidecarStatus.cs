using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;

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

    /// <inheritdoc/>
    public Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<V1.StatusLine>>([Deliveries(), Dead()]);

    private V1.StatusLine Deliveries()
    {
        var line = new V1.StatusLine { Subject = "deliveries", Health = V1.Health.Ok, Text = Text($"Messages that wait for delivery: {undelivered.Count}") };
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
        var line = new V1.StatusLine { Subject = "dead-letters", Health = V1.Health.Ok, Text = Text($"Dead letters: {deadLetters.Count}") };
        if (deadLetters.List(1) is [var oldest])
        {
            line.Health = V1.Health.Attention;
            line.Text += Text($", the oldest {oldest.EventId} of {oldest.Topic} since {oldest.DeadSince:u}: {oldest.AppId} did not handle it, {oldest.Reason}");
            line.Action = "These events had no effect where they were addressed to. Mend the cause that the reason names, then redeliver them.";
        }

        return line;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
