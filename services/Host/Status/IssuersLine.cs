using EarlyWarning.Access.Issuers;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>
/// Callers whom others vouch for: whether the file of rules is in force as it stands, and whether each issuer can be reached.
/// </summary>
internal sealed class IssuersLine(AccessFile file) : IStatusSource
{
    private static readonly Gauge s_refused = new(
        "earlywarning.issuers.refused",
        null,
        "1 while the file of issuers and grants as it is now is not in force, or is gone."
    );
    private static readonly Gauge s_away = new("earlywarning.issuers.unreachable", "{issuer}", "Issuers whose keys cannot be read now.");

    public string Name => "issuers";

    public Heading Heading => Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_refused, s_away];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var issuers = file.Issuers;
        var away = issuers.Where(issuer => issuer.Problem.Length > 0).OrderBy(issuer => issuer.HasKeys).ToList();
        return Task.FromResult<StatusReport>(
            new(
                file.IsAbsent && file.Problem.Length == 0 ? [] : [Line(issuers.Count, away)],
                [s_refused.Is(file.Problem.Length > 0), s_away.Is(away.Count)]
            )
        );
    }

    private StatusLine Line(int issuers, List<IssuerStanding> away)
    {
        var standing = $"Issuers: {issuers}; grants: {file.Grants}.";
        if (file.Problem.Length > 0)
        {
            return Line(
                Health.Failing,
                $"The file of issuers and grants as it is now is not in force: {file.Problem} {standing}",
                $"Put {file.Path} right, or put it back; it is looked at every second."
            );
        }

        return away switch
        {
            [] => Line(Health.Ok, standing, ""),
            [{ HasKeys: false } first, ..] => Line(
                Health.Failing,
                $"{first.Url} was never reached, so nobody is let in by it: {first.Problem} {standing}",
                $"See that this machine reaches it, and that {file.Path} names it as its discovery document does; it is tried every 10 s."
            ),
            [var first, ..] => Line(
                Health.Attention,
                $"{first.Url} cannot be reached now: {first.Problem} The keys that it had before go on; new ones are not known. {standing}",
                "See that this machine reaches it; it is tried every 10 s."
            ),
        };
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new()
        {
            Subject = "issuers",
            Health = health,
            Text = text,
            Action = action,
        };
}
