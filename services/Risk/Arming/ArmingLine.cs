using System.Globalization;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Risk.Arming;

/// <summary>Whether people are told of breaches, and of how many that fire they were not.</summary>
internal sealed class ArmingLine(RiskArming arming) : IStatusSource
{
    private static readonly Gauge s_unarmed = new("earlywarning.suite.unarmed", null, "The suite is unarmed: nobody is told of breaches.");
    private static readonly Gauge s_suppressed = new(
        "earlywarning.risk.breaches.suppressed",
        "{breach}",
        "Breaches that fire and that nobody was told of, because the suite was unarmed when they began."
    );

    public string Name => "arming";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges => [s_unarmed, s_suppressed];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (suppressed, unarmed) = (await arming.SuppressedAsync(cancellationToken), arming.Current);
        return new([Line(unarmed, suppressed)], [s_unarmed.Is(unarmed is not null), s_suppressed.Is(suppressed)]);
    }

    private V1.StatusLine Line(Unarmed? unarmed, long suppressed) =>
        (unarmed, suppressed) switch
        {
            ({ } now, _) => new()
            {
                Subject = Name,
                Health = V1.Health.Failing,
                Text =
                    $"UNARMED since {Say(now.Since)} by {now.Actor}: nobody is told of breaches. {now.Reason} It arms itself at "
                    + $"{Say(now.Until)}. Firing suppressed: {suppressed}.",
                Action = "When the load is done: ew arm.",
            },
            (null, 0) => new()
            {
                Subject = Name,
                Health = V1.Health.Ok,
                Text = "Armed: people are told of breaches.",
            },
            _ => new()
            {
                Subject = Name,
                Health = V1.Health.Attention,
                Text = $"Armed. Breaches that began to fire while it was unarmed, fire still, and that nobody was told of: {suppressed}.",
                Action = "Look at them with ew breaches --firing. To have one told, update its threshold: it then fires anew.",
            },
        };

    private static string Say(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
