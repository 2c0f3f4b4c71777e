using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Who may call: whether the file of keys is in force as it stands, and whose last key is about to expire.</summary>
internal sealed class KeysLine(ApiKeys keys, AnonymousAccess anonymous, TimeProvider time, CallerCertificates? certificates = null)
    : IStatusSource
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(7);

    private static readonly Gauge s_valid = new(
        "earlywarning.keys.valid",
        "{key}",
        "Keys that callers may show; 0 while the suite is open."
    );
    private static readonly Gauge s_open = new(
        "earlywarning.keys.open",
        null,
        "1 while everybody on the machine is let in, without a key."
    );
    private static readonly Gauge s_refused = new(
        "earlywarning.keys.refused",
        null,
        "1 while the file of keys as it is now is not in force, or lets nobody in."
    );
    private static readonly Gauge s_expiring = new(
        "earlywarning.keys.expiring",
        "{name}",
        "Names whose last key expires within seven days."
    );

    public string Name => "keys";

    public Heading Heading => Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_valid, s_open, s_refused, s_expiring];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var valid = keys.All.Where(key => !key.HasExpired(now)).ToList();
        var expiring = valid
            .GroupBy(key => key.Name, StringComparer.Ordinal)
            .Select(name => (Name: name.Key, At: name.Max(key => key.Expires ?? DateTimeOffset.MaxValue)))
            .Where(name => name.At - now <= s_soon)
            .OrderBy(name => name.At)
            .ToList();
        var refused = keys.Problem.Length > 0 || (!keys.IsOpen && valid.Count == 0) || (!anonymous.IsOpen && !anonymous.Asks);
        return Task.FromResult<StatusReport>(
            new(
                [Line(valid.Count, expiring, now)],
                [s_valid.Is(valid.Count), s_open.Is(anonymous.IsOpen), s_refused.Is(refused), s_expiring.Is(expiring.Count)]
            )
        );
    }

    private StatusLine Line(int valid, List<(string Name, DateTimeOffset At)> expiring, DateTimeOffset now)
    {
        var standing =
            anonymous.IsOpen ? "Everybody on this machine is let in, without a key."
            : !keys.IsOpen ? $"Keys: {valid}."
            : certificates is null ? "There is no key: callers are known by their issuers."
            : "There is no key: callers are known by their certificates.";
        if (keys.Problem.Length > 0)
        {
            return Line(
                Health.Failing,
                $"The file of keys as it is now is not in force: {keys.Problem} {standing}",
                $"Put {keys.Path} right, or put it back; it is looked at every second."
            );
        }

        if (!anonymous.IsOpen && !anonymous.Asks)
        {
            return Line(
                Health.Failing,
                $"NOBODY CAN CALL WHAT RUNS HERE: the suite's process at {anonymous.AskedAt} asks who calls, and this one "
                    + "was given no file of keys.",
                "Start it anew with --keys, and --access where there is one: the same files as the others have."
            );
        }

        if (!keys.IsOpen && valid == 0)
        {
            return Line(
                Health.Failing,
                $"NOBODY CAN CALL: {keys.Path} names no key that has not expired.",
                "Make one: keys add NAME --role ROLE, with the suite's --data."
            );
        }

        return expiring.Count > 0
            ? Line(
                Health.Attention,
                $"{standing} Names whose last key expires within 7 days: {expiring.Count}, first '{expiring[0].Name}', "
                    + $"in {DurationText.Say(expiring[0].At - now)}.",
                "Give them another before: keys add NAME. Both go on until the old one expires."
            )
            : Line(Health.Ok, standing, "");
    }

    private static StatusLine Line(Health health, string text, string action) =>
        new()
        {
            Subject = "keys",
            Health = health,
            Text = text,
            Action = action,
        };
}
