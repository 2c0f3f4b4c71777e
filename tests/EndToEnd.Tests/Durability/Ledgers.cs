using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>What the partners and the receiver of the warnings have in their own ledgers, held against what a suite says, by id.</summary>
internal static class Ledgers
{
    /// <summary>A directory with one recipient, who is told of everything by a webhook.</summary>
    public static string Directory(string address) =>
        $"""
            recipients:
              - id: watch-desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {address}
                      secret: a-secret-of-at-least-32-characters!
            """;

    /// <summary>Defines what the partners report on: a plain mean, with a threshold that their swings cross.</summary>
    public static async Task DefineAsync(GrpcChannel channel, int indicators)
    {
        await new CatalogueService.CatalogueServiceClient(channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = "frameworks/kill",
                    DisplayName = "Plain mean",
                    Composite = new()
                    {
                        Root = new()
                        {
                            Code = "index",
                            Children =
                            {
                                Enumerable
                                    .Range(0, indicators)
                                    .Select(i => new Node
                                    {
                                        Code = $"kill.i{i}",
                                        Leaf = new()
                                        {
                                            Indicator = $"kill.i{i}",
                                            Direction = Direction.Increasing,
                                            Low = 0,
                                            High = 100,
                                        },
                                    }),
                            },
                        },
                    },
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                        new Band { Level = "high", LowerBound = 70 },
                    },
                },
                Indicators =
                {
                    Enumerable
                        .Range(0, indicators)
                        .Select(i => new Indicator
                        {
                            Code = $"kill.i{i}",
                            DisplayName = $"Indicator {i}",
                            Unit = "points",
                            Minimum = 0,
                            Maximum = 100,
                        }),
                },
            }
        );
        await new ThresholdService.ThresholdServiceClient(channel).CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/kill-high",
                    DisplayName = "High",
                    Framework = "frameworks/kill",
                    Condition = Condition.Above,
                    Value = NaiveFold.Fires,
                    ClearingValue = NaiveFold.Clears,
                    Severity = Severity.Warning,
                },
            }
        );
    }

    /// <summary>Compares every observation and every score with the partners' ledgers.</summary>
    public static async Task<(int Found, int Twice)> CompareObservationsAsync(GrpcChannel channel, Partner[] partners, Func<string> said)
    {
        var observations = new ObservationService.ObservationServiceClient(channel);
        var risks = new RiskService.RiskServiceClient(channel);
        var (all, twice) = (0, 0);
        foreach (var partner in partners)
        {
            var sent = partner.Ledger.SelectMany(batch => batch).ToDictionary(o => o.ObservationId, o => o.Value);
            var found = new List<Observation>();
            var token = "";
            do
            {
                var page = await observations.ListObservationsAsync(
                    new()
                    {
                        Country = partner.Country,
                        IncludeRevisions = true,
                        PageSize = 1000,
                        PageToken = token,
                    }
                );
                found.AddRange(page.Observations);
                token = page.NextPageToken;
            } while (token.Length > 0);

            twice += found.Count - found.DistinctBy(o => o.ObservationId).Count();
            if (sent.Count != found.Count)
            {
                Assert.Fail(Lost(said(), partner, found));
            }

            Assert.All(found, o => Assert.Equal(sent[o.ObservationId], o.Value));
            all += found.Count;

            var risk = await risks.GetCountryRiskAsync(new() { Name = $"frameworks/kill/risks/{partner.Country}" });
            Assert.Equal(NaiveFold.Of(partner.Ledger).Score, risk.Risk.Score, 1e-9);
        }

        return (all, twice);
    }

    /// <summary>Says what is missing.</summary>
    private static string Lost(string said, Partner partner, List<Observation> found)
    {
        var have = found.Select(o => o.ObservationId).ToHashSet();
        var missing = partner
            .Ledger.Select((batch, round) => (batch, round))
            .Where(pair => pair.batch.Any(o => !have.Contains(o.ObservationId)))
            .Select(pair => pair.round);
        return $"{partner.Country}: {found.Count} observations are there; of {partner.Ledger.Count} rounds these lack some: "
            + $"{string.Join(' ', missing)}. The suite said:\n{said}";
    }

    /// <summary>Compares every breach with the partners' ledgers, and with what the receiver was told under which id.</summary>
    public static async Task<(int Expected, int Found, int Calls, int Keys)> CompareBreachesAsync(
        GrpcChannel channel,
        Partner[] partners,
        WebhookReceiver receiver
    )
    {
        var client = new BreachService.BreachServiceClient(channel);
        var (expected, found) = (0, new List<Breach>());
        foreach (var partner in partners)
        {
            var fold = NaiveFold.Of(partner.Ledger);
            List<Breach> breaches = [];
            await Eventually.HoldsAsync(
                async () =>
                {
                    var page = await client.ListBreachesAsync(new() { Countries = { partner.Country }, PageSize = 500 });
                    breaches = [.. page.Breaches];
                    return breaches.Count == fold.Firings
                        && breaches.Count(b => b.State == Breach.Types.State.Firing) == (fold.Firing ? 1 : 0);
                },
                $"{partner.Country} has {fold.Firings} breaches",
                seen: () => $"{breaches.Count} are there"
            );
            expected += fold.Firings;
            found.AddRange(breaches);
        }

        await Eventually.HoldsAsync(
            () => Task.FromResult(found.All(breach => Told(breach.Name).Any())),
            "every breach is at the receiver",
            seen: () => $"{found.Count(b => Told(b.Name).Any())} of {found.Count} are"
        );
        Assert.All(found, breach => Assert.Single(Told(breach.Name).Select(call => call.Id).Distinct()));
        var known = found.Select(breach => breach.Name).ToHashSet();
        Assert.Empty(receiver.Calls.Select(BreachOf).Where(name => !known.Contains(name)).Distinct());
        return (expected, found.Count, receiver.Calls.Count, receiver.Calls.Select(call => call.Id).Distinct().Count());

        // An end that overtook its beginning is told as the whole of it, and the beginning is not told any more.
        IEnumerable<WebhookCall> Told(string name)
        {
            var calls = receiver.Calls.Where(call => BreachOf(call) == name).ToLookup(call => call.Breach.GetProperty("state").GetString());
            return calls["STATE_FIRING"].Any() ? calls["STATE_FIRING"] : calls["STATE_RESOLVED"];
        }
    }

    private static string BreachOf(WebhookCall call) => call.Breach.GetProperty("name").GetString()!;
}
