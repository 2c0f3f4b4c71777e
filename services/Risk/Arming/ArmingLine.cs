using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Risk.Arming;

/// <summary>Whether people are told of breaches, and of how many that fire they were not.</summary>
internal sealed class ArmingLine(RiskArming arming) : IStatusSource
{
    private const string Subject = "arming";

    public async Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken)
    {
        var untold = await arming.UntoldAsync(cancellationToken);
        if (arming.Current is { } unarmed)
        {
            var (since, until) = (Say(unarmed.Since), Say(unarmed.Until));
            return
            [
                new()
                {
                    Subject = Subject,
                    Health = V1.Health.Failing,
                    Text = $"UNARMED since {since} by {unarmed.Actor}: nobody is told of breaches. {unarmed.Reason} It arms itself at {until}. Firing untold: {untold}.",
                    Action = "When the load is done: ew arm.",
                },
            ];
        }

        return untold == 0
            ? [new() { Subject = Subject, Health = V1.Health.Ok, Text = "Armed: people are told of breaches." }]
            :
            [
                new()
                {
                    Subject = Subject,
                    Health = V1.Health.Attention,
                    Text = $"Armed. Breaches that began to fire while it was unarmed, fire still, and that nobody was told of: {untold}.",
                    Action = "Look at them with ew breaches --firing. To have one told, update its threshold: it then fires anew.",
                },
            ];
    }

    private static string Say(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
