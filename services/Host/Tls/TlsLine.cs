using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Tls;

/// <summary>Until when the suite's certificate holds, and whether its files can be served.</summary>
internal sealed class TlsLine(TlsCertificates certificates) : IStatusSource
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);
    private static readonly Gauge s_expires = new(
        "earlywarning.tls.certificate.expires",
        "s",
        "Time until the suite's certificate expires, below 0 once it has; absent without TLS."
    );
    private static readonly Gauge s_refused = new(
        "earlywarning.tls.certificate.refused",
        null,
        "1 while the certificate's files as they are now are not in force; absent without TLS."
    );

    public string Name => "tls";

    public Heading Heading => Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_expires, s_refused];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var (served, problem) = certificates.Refresh();

        // By the wall clock, as those who connect judge it.
        var left = served.Leaf.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
        return Task.FromResult<StatusReport>(
            new(
                [Of(served.Leaf.NotAfter.ToUniversalTime(), left, problem)],
                [s_expires.Is(left.TotalSeconds), s_refused.Is(problem.Length > 0)]
            )
        );
    }

    /// <summary>The line of a certificate.</summary>
    /// <param name="until">When it expires.</param>
    /// <param name="left">How long that is from now.</param>
    /// <param name="problem">Why its files as they are now are not in force; empty where they are.</param>
    public static StatusLine Of(DateTime until, TimeSpan left, string problem)
    {
        var holds = string.Create(
            CultureInfo.InvariantCulture,
            $"The certificate {(left > TimeSpan.Zero ? "holds for" : "expired")} "
                + $"{DurationText.Say(left)}{(left > TimeSpan.Zero ? "" : " ago")}, {(left > TimeSpan.Zero ? "until" : "on")} "
                + $"{until:yyyy-MM-dd HH:mm} UTC."
        );
        return (left > TimeSpan.Zero, problem) switch
        {
            (false, _) => Line(
                Health.Failing,
                $"{holds} {problem}",
                "Renew it: callers refuse to connect. Its files are read again by themselves."
            ),
            (_, { Length: > 0 }) => Line(
                Health.Failing,
                $"{holds} Its files have changed and cannot be served: {problem}",
                "Put the files right; they are read again by themselves."
            ),
            _ when left < s_soon => Line(Health.Attention, holds, "Renew it. Its files are read again by themselves."),
            _ => Line(Health.Ok, holds, ""),
        };
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new()
        {
            Subject = "certificate",
            Health = health,
            Text = text.TrimEnd(),
            Action = action,
        };
}
