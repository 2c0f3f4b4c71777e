using System.Runtime.CompilerServices;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Store.Entries;

namespace EarlyWarning.Risk.Tests.Golden;

/// <summary>
/// A journal that an earlier build wrote: one line an entry, its time in ticks and its payload in base64. It is not written anew but where
/// the contract's own form changes: a build that cannot read it, or reads other breaches from it, has broken what was promised to those who
/// were warned.
/// </summary>
public sealed class GoldenJournalTests
{
    [Fact]
    public void Fold_AnEarlierBuildsJournal_KeepsItsBreaches()
    {
        var state = Fold(new FakeCatalogue().Put(Samples.Small()).Put(Samples.Above(60)));
        Assert.Equal(
            s_breaches,
            CountryDriver.DecidedIn(Entries()).Select(breach => (breach.Name, breach.Sequence, breach.State.ToString()))
        );
        Assert.Equal(75, state.Framework(Samples.Framework)!.Present.Score!.Value, 9);
        Assert.Superset(new HashSet<string> { "p1", "p2", "k5", "t5", "c5" }, Ids());
    }

    [Fact]
    public void Fold_UnderAnAlteredEngine_KeepsItsBreaches()
    {
        // The same version computed otherwise: by its figures the first breach would never have fired, and the second would never have
        // resolved.
        var altered = Samples.Small() with { Compiled = Samples.Small(courts: 1000).Compiled };
        var state = Fold(new FakeCatalogue().Put(altered).Put(Samples.Above(60)));
        Assert.Equal(
            s_breaches,
            CountryDriver.DecidedIn(Entries()).Select(breach => (breach.Name, breach.Sequence, breach.State.ToString()))
        );
        Assert.Equal("killings", CountryDriver.DecidedIn(Entries())[0].Movements[0].Indicator);
    }

    private static readonly (string, long, string)[] s_breaches =
    [
        ("breaches/XAA-fa792e9f667fba0b", 1, "Firing"),
        ("breaches/XAA-fa792e9f667fba0b", 2, "Resolved"),
        ("breaches/XAA-596ea3481f6702ee", 1, "Firing"),
    ];

    private static CountryState Fold(FakeCatalogue catalogue)
    {
        var state = new CountryState("XAA", catalogue.At, new(true, static () => "0GOLD000", static () => false));
        foreach (var entry in Entries())
        {
            state.Fold(entry);
        }

        Assert.False(state.Undecided);
        return state;
    }

    private static HashSet<string> Ids() =>
        [
            .. Entries()
                .SelectMany(entry =>
                    EntryReader.Parse(entry.Payload).Observations is { } columns ? EntryReader.Rows(columns).Select(row => row.Id) : []
                ),
        ];

    private static IEnumerable<JournalEntry> Entries([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "country-1.journal"))
            .Select(
                (line, index) =>
                {
                    var parts = line.Split(' ');
                    return new JournalEntry(
                        index + 1,
                        new(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero),
                        Convert.FromBase64String(parts[1])
                    );
                }
            );
}
