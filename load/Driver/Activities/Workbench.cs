using System.Collections.Concurrent;
using EarlyWarning.Driver.Partners;
using Grpc.Core;

namespace EarlyWarning.Driver.Activities;

/// <summary>What activities of a run share.</summary>
/// <param name="Run">Tells the ids of this run from those of others.</param>
/// <param name="Callers">Who may call: each a connection with the countries of its key; none stated for all.</param>
/// <param name="Countries">The countries that report.</param>
/// <param name="Indicators">How many indicators each reports.</param>
/// <param name="Answers">The ledger of observations.</param>
/// <param name="Warnings">Where warnings are heard.</param>
internal sealed record Workbench(
    string Run,
    IReadOnlyList<Caller> Callers,
    IReadOnlyList<string> Countries,
    int Indicators,
    Answers Answers,
    HeardWarnings Warnings
)
{
    /// <summary>How long a call may take.</summary>
    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(30);

    /// <summary>What activities saw that must not be, such as a watch that repeats itself.</summary>
    public ConcurrentQueue<string> Wrongs { get; } = new();

    /// <summary>The connection of a reader: of those whose key is for every country, where there is one.</summary>
    public CallInvoker Reader(long number)
    {
        var readers = Callers.Where(caller => caller.Countries.Count == 0).DefaultIfEmpty(Callers[0]).ToArray();
        return readers[number % readers.Length].Suite;
    }

    /// <summary>So many partners, each with countries of its own; or each with all of them.</summary>
    public Partner[] Partners(string flow, int count, bool sharing = false) =>
        [.. Enumerable.Range(0, count).Select(number => Partner(flow, number, count, sharing))];

    private Partner Partner(string flow, int number, int count, bool sharing)
    {
        var caller = Callers[number % Callers.Count];
        var granted = caller.Countries.Count > 0 ? caller.Countries : Countries;
        var own = granted.Where((_, place) => sharing || place % count == number % granted.Count).ToArray();
        return new(caller.Suite, new($"{flow}-{number}", Run, own.Length > 0 ? own : granted, Indicators));
    }
}

/// <summary>A connection of one key.</summary>
/// <param name="Suite">What is called through.</param>
/// <param name="Countries">The countries that the key is for; none stated for all.</param>
internal sealed record Caller(CallInvoker Suite, IReadOnlyList<string> Countries);

/// <summary>One who reports.</summary>
/// <param name="Suite">Its connection.</param>
/// <param name="Observations">What it observes; for one at a time.</param>
internal sealed record Partner(CallInvoker Suite, Observations Observations);
