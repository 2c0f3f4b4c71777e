using System.Collections.Frozen;
using EarlyWarning.Benchmarks.Scoring;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Risk;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Benchmarks.Intake;

/// <summary>
/// Where the time of intake goes: messages of 1,000 observations go through all that the suite does with one, stage by stage on one thread,
/// without gRPC, Orleans and other messages beside them; beside a bare loop that parses the same messages, keeps the values in an array
/// and forces the same bytes onto the disk.
/// </summary>
internal sealed class StageProfile
{
    private const int Rows = 1_000;
    private const int Warmup = 100;
    private const int Messages = 400;
    private readonly ScoringSubject _subject = new(geometric: false);
    private readonly CatalogueSnapshot _catalogue;
    private readonly string[] _codes;
    private readonly StagedCountry[] _countries;
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(2);
    private long _made;

    private StageProfile(int countries)
    {
        _countries = new StagedCountry[countries];
        _codes = [.. Countries.For(false).List.Where(country => !country.Former).Take(countries).Select(country => country.Code)];
        _catalogue = Catalogue();
    }

    /// <summary>Profiles messages whose rows are of forty countries, and of one; prints tables.</summary>
    public static async Task RunAsync(TextWriter writer)
    {
        foreach (var countries in new[] { 40, 1 })
        {
            var folder = Directory.CreateTempSubdirectory("early-warning-stages-").FullName;
            try
            {
                await new StageProfile(countries).RunAsync(folder, writer);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task RunAsync(string folder, TextWriter writer)
    {
        await using var store = new SuiteStore(
            new() { DataDirectory = Path.Combine(folder, "store") },
            RiskExtensions.Migrations,
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        await store.StartAsync(CancellationToken.None);
        var journals = new ServiceCollection().AddLogging().AddStore(store).BuildServiceProvider().GetRequiredService<IJournals>();
        for (var i = 0; i < _countries.Length; i++)
        {
            _countries[i] = await StagedCountry.OpenAsync(_codes[i], _catalogue, store, journals);
        }

        var meter = new StageMeter();
        await TakeAsync(meter, Warmup);
        meter.Clear();
        await TakeAsync(meter, Messages);
        meter.Write($"a row of messages of {Rows:N0}, {_countries.Length} countries", Messages * (long)Rows, writer);

        var bare = new StageMeter();
        Loop(bare, Path.Combine(folder, "bare"), Warmup);
        bare.Clear();
        Loop(bare, Path.Combine(folder, "bare"), Messages);
        bare.Write("the bare loop", Messages * (long)Rows, writer);
        await writer.WriteLineAsync();
    }

    private async Task TakeAsync(StageMeter meter, int messages)
    {
        var known = Countries.For(false);
        for (var n = 0; n < messages; n++)
        {
            var bytes = Make();
            meter.Begin();
            var items = StreamObservationsRequest.Parser.ParseFrom(bytes).Observations;
            meter.Done("parse the message");
            Check(items, known);
            meter.Done("check each");
            var outcomes = new Outcome[items.Count];
            if (Contradictions.Find(items, outcomes) is not null)
            {
                throw new InvalidOperationException("None contradicts another.");
            }

            meter.Done("look for contradictions");
            var groups = CountryGroups.Of(items, outcomes).All;
            meter.Done("group by country");
            ForEach(groups, (country, group) => country.Gather(group.Items));
            meter.Done("tell news from resends, columns");
            ForEach(groups, (country, _) => country.Fold());
            meter.Done("fold into the state");
            ForEach(groups, (country, _) => country.Decide());
            meter.Done("score and decide");
            ForEach(groups, (country, _) => country.Encode());
            meter.Done("encode entry and block");
            var before = GC.GetTotalAllocatedBytes();
            await Task.WhenAll(_countries.Select(country => country.AppendAsync()));
            meter.DoneElsewhere("commit, on the disk", GC.GetTotalAllocatedBytes() - before);
            Answer(groups, outcomes);
            meter.Done("answer");
        }
    }

    private void Check(IReadOnlyList<Observation> items, Countries known)
    {
        var rules = new ObservationRules(
            _catalogue,
            known,
            null,
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(5),
            backfill: false
        );
        foreach (var item in items)
        {
            if (rules.Check(item) is [var fault, ..])
            {
                throw new InvalidOperationException(fault.Message);
            }
        }
    }

    private void Answer(CountryGroup[] groups, Outcome[] outcomes)
    {
        var response = new StreamObservationsResponse { Sequence = 1 };
        ForEach(groups, (country, group) =>
        {
            var given = country.Answer();
            for (var i = 0; i < group.Indices.Length; i++)
            {
                outcomes[group.Indices[i]] = given.Outcomes[i];
            }

            response.Revisions.Add(new CountryRevision { Country = group.Country, Revision = given.Revision });
        });
        response.Outcomes.Add(outcomes);
        _ = response.ToByteArray();
    }

    private void ForEach(CountryGroup[] groups, Action<StagedCountry, CountryGroup> take)
    {
        foreach (var group in groups)
        {
            take(_countries[Array.IndexOf(_codes, group.Country)], group);
        }
    }

    private void Loop(StageMeter meter, string path, int messages)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var values = new double[_codes.Length * ScoringSubject.LeafCount];
        var places = _subject
            .Framework.Leaves.Select((leaf, i) => (leaf.Indicator, i))
            .ToFrozenDictionary(leaf => leaf.Indicator, leaf => leaf.i);
        var countries = _codes.Select((code, i) => (code, i)).ToFrozenDictionary(country => country.code, country => country.i);
        for (var n = 0; n < messages; n++)
        {
            var bytes = Make();
            meter.Begin();
            var items = StreamObservationsRequest.Parser.ParseFrom(bytes).Observations;
            meter.Done("parse the message");
            foreach (var item in items)
            {
                values[(countries[item.Country] * ScoringSubject.LeafCount) + places[item.Indicator]] = item.Value;
            }

            meter.Done("keep the values");
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            meter.Done("write the message, on the disk");
        }
    }

    private byte[] Make()
    {
        var request = new StreamObservationsRequest { Sequence = 1 };
        for (var i = 0; i < Rows; i++)
        {
            var n = _made++;
            request.Observations.Add(
                new Observation
                {
                    ObservationId = $"partner-{n}",
                    Country = _codes[n % _codes.Length],
                    Indicator = _subject.Framework.Leaves[(int)(n / _codes.Length % ScoringSubject.LeafCount)].Indicator,
                    Value = 2 + (n % 5),
                    ObservedAt = (_start + TimeSpan.FromTicks(n * 100)).ToTimestamp(),
                    Source = "partner",
                }
            );
        }

        return request.ToByteArray();
    }

    private CatalogueSnapshot Catalogue()
    {
        var threshold = new Threshold
        {
            Name = "thresholds/line",
            DisplayName = "Line",
            Framework = "frameworks/benchmark",
            Condition = Condition.Above,
            Value = 90,
        };
        return CatalogueSnapshot.Empty with
        {
            Revision = 1,
            Indicators = _subject
                .Framework.Leaves.Select(leaf => new Indicator
                {
                    Code = leaf.Indicator,
                    Unit = "points",
                    Minimum = 0,
                    Maximum = 10,
                })
                .ToFrozenDictionary(indicator => indicator.Code),
            Frameworks = new Dictionary<string, ActiveFramework>
            {
                ["benchmark"] = new("benchmark", 1, new Framework { DisplayName = "Benchmark" }, _subject.Framework),
            }.ToFrozenDictionary(),
            Thresholds = new Dictionary<string, Threshold> { ["line"] = threshold }.ToFrozenDictionary(),
        };
    }
}
