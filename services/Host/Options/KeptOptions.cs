using System.CommandLine;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Configuration;

namespace EarlyWarning.Host.Options;

/// <summary>The options of where what the suite knows is kept, and for how long.</summary>
internal sealed class KeptOptions(SettableOptions options)
{
    private readonly Option<string?> _cache = options.Make<string?>(
        "--cache",
        "CONNECTION",
        "A connection string to a Redis or Valkey that keeps results that can be computed again; where it holds a password it belongs into "
            + "the environment; default: they are kept in memory",
        null,
        static given =>
            given.Text is not { Length: > 0 } text || CacheOptions.IsConnection(text)
                ? given.Text
                : given.Refuse<string>("HOST:PORT, then options of StackExchange.Redis after commas, such as 10.1.2.3:6379,ssl=true.")
    );

    private readonly Option<ArchiveAge?> _archiveAfter = options.Make(
        "--archive-after",
        "DAYS|never",
        "After how many days entries of countries' journals move out of the store into files below the data folder's archive, where they "
            + "are read as before; or never; default: 400",
        new(new StoreOptions().ArchiveAfter),
        ArchiveAge.Read
    );

    private readonly Option<double?> _operations = options.MakeNumber(
        "--keep-operations",
        "HOURS",
        "For how many hours an operation, a long call that was left, is kept after its end with its result; default: 24",
        0.02,
        720,
        "0.02 to 720 hours, such as 24."
    );

    private readonly Option<double?> _audit = options.MakeNumber(
        "--keep-audit",
        "DAYS",
        "For how many days an entry of the audit is kept: who did what, and who was refused; default: 400",
        1,
        36_500d,
        "1 to 36500 days, such as 400."
    );

    private readonly Option<double?> _grace = options.MakeNumber(
        "--clock-grace",
        "MINUTES",
        "For how many minutes intake waits, where clocks disagree, before the wall clock is believed; default: 10, at most 10,080",
        0,
        10_080d,
        "0 to 10080 minutes, such as 10."
    );

    /// <summary>The store.</summary>
    public Option<string?> Store { get; } =
        options.Make(
            "--store",
            "CONNECTION|FILE",
            "PostgreSQL as the store: \"Host=…;Database=…;Username=…\", or a file that holds that; default: a file in the data folder",
            null,
            StoreArgument.Read
        );

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Store);
        command.Options.Add(_cache);
        command.Options.Add(_archiveAfter);
        command.Options.Add(_operations);
        command.Options.Add(_audit);
        command.Options.Add(_grace);
    }

    /// <summary>Sets what they say.</summary>
    public SuiteOptions Set(SuiteOptions suite, ParseResult parsed) =>
        suite with
        {
            StoreConnection = parsed.GetValue(Store) is { Length: > 0 } store ? store : null,
            CacheConnection = parsed.GetValue(_cache) is { Length: > 0 } cache ? cache : null,
            ArchiveAfter = parsed.GetValue(_archiveAfter)?.After,
            OperationRetention = parsed.GetValue(_operations) is { } hours ? TimeSpan.FromHours(hours) : new OperationOptions().Retention,
            AuditRetention = parsed.GetValue(_audit) is { } days ? TimeSpan.FromDays(days) : new AuditOptions().Retention,
            ClockGrace = parsed.GetValue(_grace) is { } minutes ? TimeSpan.FromMinutes(minutes) : new ClockOptions().Grace,
        };
}
