using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Outbox;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Whether what was decided leaves the house, and whether everybody who has to has it.</summary>
internal sealed class OutboxLine(IOutbox outbox, TimeProvider time) : IStatusSource
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_failingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_confirmWithin = TimeSpan.FromMinutes(2);

    private static readonly Gauge s_owed = new("earlywarning.outbox.unpublished", "{event}", "Events that the broker does not have yet.");
    private static readonly Gauge s_age = new(
        "earlywarning.outbox.unpublished.age",
        "s",
        "Age of the oldest event that the broker does not have yet."
    );
    private static readonly Gauge s_unconfirmed = new(
        "earlywarning.outbox.unconfirmed",
        "{event}",
        "Events that are published and not handled by all."
    );
    private static readonly Gauge s_since = new(
        "earlywarning.outbox.unconfirmed.age",
        "s",
        "Age of the oldest event that is not handled by all."
    );
    private static readonly Gauge s_aside = new("earlywarning.outbox.aside", "{event}", "Events that cannot be published as they are.");
    private static readonly Gauge s_failed = new("earlywarning.outbox.failed", "{event}", "Events that a service could not handle.");

    public string Name => "outbox";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_owed, s_age, s_unconfirmed, s_since, s_aside, s_failed];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await outbox.StatusAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new(
            [Of(status, now)],
            [
                s_owed.Is(status.Owed),
                s_age.Age(status.OldestOwed, now),
                s_unconfirmed.Is(status.Unconfirmed),
                s_since.Age(status.OldestUnconfirmed, now),
                s_aside.Is(status.Aside),
                s_failed.Is(status.Failed),
            ]
        );
    }

    public static StatusLine Of(OutboxStatus status, DateTimeOffset now)
    {
        if (status.Aside > 0)
        {
            return Line(
                Health.Failing,
                $"{status.Aside} events cannot be published as they are: {status.Fault}",
                "Nobody has been told by them: see ew events. When the cause is mended: ew events retry; told otherwise: ew events "
                    + "dismiss. Report the reason."
            );
        }

        if (status.Failed > 0)
        {
            return Line(
                Health.Failing,
                $"{status.Failed} events had no effect in a service that could not handle them: {status.Fault}",
                "See ew events. When the cause is mended: ew events retry; dealt with otherwise: ew events dismiss. Report the reason."
            );
        }

        if (Age(status.OldestOwed) is { } age && age > s_soon)
        {
            return Line(
                age > s_failingAfter ? Health.Failing : Health.Attention,
                $"{status.Owed} events wait for the broker, the oldest for {age.TotalSeconds:0} s. {status.Fault}".TrimEnd(),
                "Look at the sidecars and the broker behind them. Nothing is lost: each is published again until the broker has it."
            );
        }

        return Age(status.OldestUnconfirmed) is { } since && since > s_confirmWithin
            ? Line(
                Health.Attention,
                $"{status.Unconfirmed} events are published and not confirmed by all who have to handle them, the oldest for "
                    + $"{since.TotalSeconds:0} s.",
                "Look at the services that subscribe, and at the dead letters."
            )
            : Line(Health.Ok, "Everything decided is published.", "");

        TimeSpan? Age(DateTimeOffset? from) => from is { } moment ? now - moment : null;
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new()
        {
            Subject = "outbox",
            Health = health,
            Text = text,
            Action = action,
        };
}
