using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Suites;

namespace EarlyWarning.Driver.Targets;

/// <summary>A suite that runs already, by one or several of its addresses, and for one or several keys.</summary>
internal sealed class OutsideTarget : ITarget
{
    private readonly List<SuiteConnection> _connections = [];
    private readonly BreachNews _news;

    /// <param name="addresses">Where it takes gRPC; callers are spread over them.</param>
    /// <param name="keys">Who calls; without any, the suite is open.</param>
    /// <param name="authority">The file of the authorities that vouch for its certificate.</param>
    /// <param name="processes">Its processes on this machine.</param>
    public OutsideTarget(
        IReadOnlyList<Uri> addresses,
        IReadOnlyList<PartnerKey> keys,
        string? authority,
        IReadOnlyList<MeasuredProcess> processes
    )
    {
        List<Caller> callers = [];
        for (var i = 0; i < Math.Max(addresses.Count, keys.Count); i++)
        {
            var key = keys.Count == 0 ? PartnerKey.None : keys[i % keys.Count];
            var connection = new SuiteConnection(addresses[i % addresses.Count], key.Secret, authority);
            _connections.Add(connection);
            callers.Add(new(connection.Invoker, key.Countries));
        }

        Callers = callers;
        Processes = [.. processes, MeasuredProcess.Client];
        Says = $"a suite that runs already at {string.Join(", ", addresses.Select(address => address.Authority))}";
        _news = new(Administrator.Suite);
    }

    public string Says { get; }

    public IReadOnlyList<Caller> Callers { get; }

    /// <summary>The first whose key is for no countries in particular.</summary>
    public Caller Administrator => Callers.FirstOrDefault(caller => caller.Countries.Count == 0) ?? Callers[0];

    public IReadOnlyList<MeasuredProcess> Processes { get; }

    public SuiteMetrics? Metrics => null;

    public HeardWarnings Warnings => _news.Warnings;

    public bool IsOwn => false;

    public async ValueTask DisposeAsync()
    {
        await _news.DisposeAsync();
        _connections.ForEach(connection => connection.Dispose());
    }
}

/// <summary>A key, and the countries that it is for; none stated for all.</summary>
internal sealed record PartnerKey(string Secret, IReadOnlyList<string> Countries)
{
    public static PartnerKey None { get; } = new("", []);

    /// <summary>
    /// Reads <c>FILE</c> or <c>FILE=AAA,BBB</c>: the key stands in the file, because everybody on the machine can read a command line.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PartnerKey Read(string given)
    {
        var place = given.LastIndexOf('=');
        var (file, countries) = place < 0 ? (given, "") : (given[..place], given[(place + 1)..]);
        return new(
            File.ReadAllText(file).Trim(),
            countries.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }
}
