using System.Globalization;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Risk.Arming;

/// <summary>Whether people are told of breaches, and of how many that fire they were not.</summary>
internal sealed class ArmingLine(RiskArming arming) : IStatusSource
{
    private static readonly Gauge s_unarmed = new("earlywarning.suite.unarmed", null, "The suite is unarmed: nobody is told of breaches.");
    private static readonly Gauge s_untold = new(
        "earlywarning.risk.breaches.untold",
        "{breach}",
        "Breaches that fire and that nobody was told of, because the suite was unarmed when they began."
    );

    public string Name => "arming";

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges => [s_unarmed, s_untold];

    public async Task<Standing> ReadAsync(CancellationToken cancellationToken)
    {
        var (untold, unarmed) = (await arming.UntoldAsync(cancellationToken), arming.Current);
        return new([Line(unarmed, untold)], [s_unarmed.Is(unarmed is not null), s_untold.Is(untold)]);
    }

    private V1.StatusLine Line(Unarmed? unarmed, long untold) =>
        (unarmed, untold) switch
        {
            ({ } now, _) => new()
            {
                Subject = Name,
                Health = V1.Health.Failing,
                Text =
                    $"UNARMED since {Say(now.Since)} by {now.Actor}: nobody is told of breaches. {now.Reason} It arms itself at "
                    + $"{Say(now.Until)}. Firing untold: {untold}.",
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
                Text = $"Armed. Breaches that began to fire while it was unarmed, fire still, and that nobody was told of: {untold}.",
                Action = "Look at them with ew breaches --firing. To have one told, update its threshold: it then fires anew.",
            },
        };

    private static string Say(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
