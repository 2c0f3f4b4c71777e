using System.Globalization;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Samples;

/// <summary>What the samples promise a partner who copies them, in each language, run as their page shows them.</summary>
public sealed partial class SampleTests(SampleSuite samples) : IClassFixture<SampleSuite>
{
    private const int Observations = 1_500;
    private const int Cuts = 3;
    private const int Rounds = 4;

    [Fact]
    public async Task FirstCall_AsTheReadmeShowsIt_RecordsAndReadsTheRiskWithItIncluded()
    {
        // One after another: two that report the same of one moment report it once.
        foreach (var language in SampleSuite.Languages)
        {
            var (code, said, all) = await SampleProcess.RunAsync(SampleSuite.Command(1, language), PortOf(language));
            Assert.True(code == 0, $"{language}: {all}");
            var match = FirstCall().Match(Assert.Single(said));
            Assert.True(match.Success, $"{language}: {all}");

            var id = match.Groups["id"].Value;
            var found = await Client.ListObservationsAsync(
                new()
                {
                    Country = "XAQ",
                    ObservationId = id,
                    IncludeRevisions = true,
                }
            );
            Assert.Equal(2, Assert.Single(found.Observations).Value);
        }
    }

    [Fact]
    public Task FirstCall_ObservationIsRefused_SaysWhichFieldAndWhyAndThatItIsForGood() =>
        InEachLanguageAsync(async language =>
        {
            var (code, _, all) = await SampleProcess.RunAsync($"{SampleSuite.Command(1, language)} ZZZ", PortOf(language));
            Assert.True(code == 1, $"{language}: {all}");
            Assert.Contains("UNKNOWN_COUNTRY", all, StringComparison.Ordinal);
            Assert.Contains("observation.country: 'ZZZ'", all, StringComparison.Ordinal);
        });

    [Fact]
    public Task FirstCall_NoSuiteIsThere_SaysWithinItsDeadlineThatTheSameMayBeRunAgain()
    {
        var nobody = FreePort.Take();
        return InEachLanguageAsync(async language =>
        {
            await using var sample = SampleProcess.Start(SampleSuite.Command(1, language), nobody);
            Assert.True(await sample.ExitAsync() == 75, $"{language}: {sample}");
        });
    }

    [Fact]
    public Task Stream_ConnectionIsCutAgainAndAgain_EveryObservationIsRecordedOnce() =>
        InEachLanguageAsync(async language =>
        {
            var sent = Enumerable.Range(0, Observations).Select(i => (Id: $"{language}-{i}", Value: (double)(i % 4))).ToList();
            var command = SampleSuite.Command(2, language).Replace("observations.csv", Write(language, sent), StringComparison.Ordinal);
            await using var relay = new Relay(PortOf(language));
            relay.Cut();
            relay.Open(upTo: UpTo(language));

            await using var sample = SampleProcess.Start(command, relay.Port);
            for (var cut = 1; cut <= Cuts; cut++)
            {
                await Eventually.HoldsAsync(() => relay.IsCut, $"{language} has sent so much, time {cut}", seen: sample.ToString);
                await NoticesAsync(sample, language);
                relay.Open(cut < Cuts ? UpTo(language) : long.MaxValue);
            }

            Assert.True(await sample.ExitAsync() == 0, $"{language}: {sample}");
            Assert.Equal(Observations, Counted(sample.Said[^1]));
            Assert.Equal(sent.Order(), (await RecordedAsync(language)).Order());

            // The whole file again, as after a crash of the partner: nothing is there twice.
            var (code, said, all) = await SampleProcess.RunAsync(command, PortOf(language));
            Assert.True(code == 0, $"{language}: {all}");
            Assert.Equal($"{Observations} DUPLICATE", said[^1]);
            Assert.Equal(sent.Order(), (await RecordedAsync(language)).Order());
        });

    [Fact]
    public Task Stream_SomeItemsAreRefused_SaysWhichAndWhyAndRecordsTheOthers() =>
        InEachLanguageAsync(async language =>
        {
            var file = Write($"{language}-wrong", [($"{language}-right", 1), ($"{language}-wrong", 2.5)]);
            var command = SampleSuite.Command(2, language).Replace("observations.csv", file, StringComparison.Ordinal);
            var (code, said, all) = await SampleProcess.RunAsync(command, PortOf(language));
            Assert.True(code == 1, $"{language}: {all}");
            Assert.Matches($@"^REJECTED {language}-wrong: VALUE_NOT_ANCHORED observations\[1\]\.value: 2\.5 is no value", said[0]);
            Assert.Equal("1 RECORDED, 1 REJECTED", said[1]);
        });

    [Fact]
    public Task Watch_ConnectionIsCutAndProgramRestarted_EveryChangeIsShownInOrderToTheLast() =>
        InEachLanguageAsync(async language =>
        {
            var country = CountryOf(language);
            var token = samples.File($"{language}.token");
            var command = $"{SampleSuite.Command(3, language).Replace("breaches.token", token, StringComparison.Ordinal)} {country}";
            await using var relay = new Relay(PortOf(language));
            List<string> shown;
            await using (var sample = SampleProcess.Start(command, relay.Port))
            {
                await Eventually.HoldsAsync(() => File.Exists(token), $"{language} watches", seen: sample.ToString);
                for (var round = 0; round < Rounds; round++)
                {
                    if (round % 2 == 1)
                    {
                        relay.Cut();
                        await NoticesAsync(sample, language);
                    }

                    await FireAndResolveAsync(country);
                    if (relay.IsCut)
                    {
                        relay.Open();
                    }
                }

                await Eventually.HoldsAsync(() => sample.Said.Count == 2 * Rounds, $"{language} has shown all", seen: sample.ToString);
                shown = Changes(sample);
                Assert.Equal(await ChangesAsync(country), shown);
            }

            await FireAndResolveAsync(country);
            await using var restarted = SampleProcess.Start(command, relay.Port);
            await Eventually.HoldsAsync(
                () => shown.Union(Changes(restarted)).Count() == 2 * (Rounds + 1),
                $"{language} goes on",
                seen: restarted.ToString
            );
            Assert.Equal(await ChangesAsync(country), shown.Union(Changes(restarted)));
        });

    [Fact]
    public Task Watch_TokenIsNoneOfThisSuite_ShowsHowItStandsAndGoesOnFromThere() =>
        InEachLanguageAsync(async language =>
        {
            var country = CountryOf(language, 'T');
            await Client.RecordObservationAsync(new() { Observation = Definitions.Attacks(country, 90) });
            var token = samples.File($"{language}.foreign-token");
            await File.WriteAllTextAsync(token, "none-of-yours", TestContext.Current.CancellationToken);

            var command = $"{SampleSuite.Command(3, language).Replace("breaches.token", token, StringComparison.Ordinal)} {country}";
            await using var sample = SampleProcess.Start(command, PortOf(language));
            await Eventually.HoldsAsync(() => sample.Said.Count == 1, $"{language} shows what fires", seen: sample.ToString);
            await Client.RecordObservationAsync(new() { Observation = Definitions.Attacks(country, 10) });
            await Eventually.HoldsAsync(() => sample.Said.Count == 2, $"{language} goes on", seen: sample.ToString);
            Assert.Equal(await ChangesAsync(country), Changes(sample));
        });

    private static async Task InEachLanguageAsync(Func<string, Task> promise) => await Task.WhenAll(SampleSuite.Languages.Select(promise));

    private ObservationService.ObservationServiceClient Client => new(samples.Suite.Channel);

    /// <summary>An invented country of a language's own.</summary>
    private static string CountryOf(string language, char second = 'S') =>
        $"X{second}{(char)('A' + SampleSuite.Languages.Index().First(pair => pair.Item == language).Index)}";

    private static long UpTo(string language) => language == "curl" ? 50_000 : 20_000;

    private int PortOf(string language) => language == "curl" ? samples.Suite.HttpPort : samples.Suite.GrpcPort;

    private string Write(string source, IEnumerable<(string Id, double Value)> rows)
    {
        var start = DateTimeOffset.UtcNow - TimeSpan.FromHours(2);
        var country = CountryOf(source.Split('-')[0]);
        var lines = rows.Select(
            (row, i) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Id},{country},r07.incitement,{row.Value},{start.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ},{source}"
                )
        );
        var file = samples.File($"{source}.csv");
        File.WriteAllLines(file, lines.Prepend("observation_id,country,indicator,value,observed_at,source"));
        return file;
    }

    private async Task<List<(string Id, double Value)>> RecordedAsync(string source)
    {
        ListObservationsRequest request = new()
        {
            Country = CountryOf(source),
            Source = source,
            IncludeRevisions = true,
            PageSize = 1000,
        };
        List<(string, double)> found = [];
        do
        {
            var page = await Client.ListObservationsAsync(request);
            found.AddRange(page.Observations.Select(one => (one.ObservationId, one.Value)));
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
        return found;
    }

    private static async Task NoticesAsync(SampleProcess sample, string language)
    {
        var before = sample.Complained.Count;
        await Eventually.HoldsAsync(
            () => sample.Complained.Count > before,
            $"{language} notices that it is cut off",
            seen: sample.ToString
        );
    }

    private async Task FireAndResolveAsync(string country)
    {
        foreach (var value in new[] { 90, 10 })
        {
            await Client.RecordObservationAsync(new() { Observation = Definitions.Attacks(country, value) });
        }
    }

    /// <summary>The changes of a country's breaches as the suite lists them.</summary>
    private async Task<IEnumerable<string>> ChangesAsync(string country)
    {
        var breaches = new BreachService.BreachServiceClient(samples.Suite.Channel);
        var listed = await breaches.ListBreachesAsync(new() { Countries = { country }, PageSize = 500 });
        return listed
            .Breaches.OrderBy(breach => breach.Position)
            .SelectMany(breach => new[] { $"{breach.Name} 1 FIRING", $"{breach.Name} 2 RESOLVED" });
    }

    private static List<string> Changes(SampleProcess watch) => [.. watch.Said.Select(line => line.Split(':')[0])];

    private static int Counted(string outcomes) =>
        Number().Matches(outcomes).Sum(match => int.Parse(match.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^RECORDED (?<id>\S+): Exercise State AQ (\d+\.\d [a-z]+|insufficient data), coverage \d+%$")]
    private static partial Regex FirstCall();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
