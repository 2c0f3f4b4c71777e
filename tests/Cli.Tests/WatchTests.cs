using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests;

public class WatchTests
{
    [Fact]
    public async Task Watch_ConnectionBreaks_GoesOnWithTheLastToken()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite
            .Watches.Then(Refusal.Lost(), Change("breaches/one", "t1"), Change("breaches/two", "t2"))
            .Then(Refusal.Lost())
            .Then(null, Change("breaches/three", "t3"));

        var run = await suite.EwAsync("watch", "breaches", "--count", "3");

        Assert.Equal(0, run.Code);
        Assert.Equal(["", "t2", "t2"], suite.Watches.Tokens);
        Assert.Equal(["one", "two", "three"], run.Lines.Select(line => line.Trim()[(line.LastIndexOf('/') + 1)..]));
        Assert.Contains("connected again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_TokenExpired_ShowsHowItStandsAndGoesOnFromThere()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite
            .Watches.Then(Refusal.Lost(), Change("breaches/one", "t1"))
            .Then(Refusal.Of(StatusCode.OutOfRange, "RESUME_TOKEN_EXPIRED", "The token is too old."))
            .Then(null, Change("breaches/four", "t4"));
        suite.Answers.On<ListBreachesRequest>(_ => new ListBreachesResponse
        {
            Breaches = { new Breach { Name = "breaches/listed" } },
            ResumeToken = "list",
        });

        var run = await suite.EwAsync("watch", "breaches", "--count", "2", "--json");

        Assert.Equal(["", "t1", "list"], suite.Watches.Tokens);
        Assert.Equal(["breaches/one", "breaches/listed", "breaches/four"], run.Lines.Select(line => Breach.Parser.ParseJson(line).Name));
        Assert.Contains("changes were missed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Refused_EndsWith1()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Watches.Then(Refusal.Of(StatusCode.Unauthenticated, "UNAUTHENTICATED", "No key."));

        var run = await suite.EwAsync("watch", "cases");

        Assert.Equal(1, run.Code);
        Assert.Equal("ew: No key. (UNAUTHENTICATED) This suite asks for a key, and EW_API_KEY is not set.\n", run.Error);
    }

    [Fact]
    public async Task Watch_OfRisks_PrintsEachStateOfAResponse()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Watches.Then(
            null,
            new WatchCountryRisksResponse
            {
                Risks =
                {
                    new CountryRisk
                    {
                        Country = "XAA",
                        State = DataState.Sufficient,
                        Score = 55,
                        Level = "high",
                        Rank = 1,
                    },
                    new CountryRisk
                    {
                        Country = "XAB",
                        State = DataState.Insufficient,
                        FiringThresholds = 1,
                    },
                },
                ResumeToken = "r",
            }
        );

        var run = await suite.EwAsync("watch", "--framework", "un", "--count", "2");

        Assert.Equal(2, run.Lines.Length);
        Assert.Contains("XAA  high              55 ", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains("1 firing", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_BrokenOffByTheUser_EndsWell()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Watches.Then(
            null,
            new WatchCasesResponse
            {
                Case = new() { Name = "cases/one" },
                ResumeToken = "t",
            }
        );
        using var user = new CancellationTokenSource();
        using var screen = new BreakingWriter(user);

        var code = await Ew.RunAsync(
            ["watch", "cases", "--endpoint", suite.Endpoint],
            new()
            {
                Out = screen,
                Error = TextWriter.Null,
                Time = suite.Time,
            },
            user.Token
        );

        Assert.Equal(0, code);
    }

    private static WatchBreachesResponse Change(string name, string token) =>
        new()
        {
            Breach = new() { Name = name },
            ResumeToken = token,
        };

    /// <summary>Breaks off as soon as the first change is on the screen.</summary>
    private sealed class BreakingWriter(CancellationTokenSource user) : StringWriter
    {
        public override void Flush() => user.Cancel();
    }
}
