using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Tests;

public class AfterTests
{
    private const string History = "--outcome onset --from 2000 --until 2010";

    [Theory]
    [InlineData("rank", typeof(RankCountriesRequest))]
    [InlineData("uncertainty", typeof(QuantifyUncertaintyRequest))]
    [InlineData("sensitivity", typeof(AnalyseSensitivityRequest))]
    [InlineData("choices", typeof(AnalyseChoicesRequest))]
    [InlineData("compare un un", typeof(CompareFrameworksRequest))]
    [InlineData("rebase un", typeof(RebaseFrameworkRequest))]
    [InlineData("what-if XAA --set growth=1", typeof(WhatIfRequest))]
    [InlineData("explain XAA --exact", typeof(ExplainScoreRequest))]
    [InlineData($"fit --predictors growth {History}", typeof(FitModelRequest))]
    [InlineData("export scores", typeof(RankCountriesRequest))]
    public async Task After_OfSeveralCountries_IsPassedOn(string command, Type request)
    {
        await using var suite = await FakeSuite.StartAsync();

        await suite.EwAsync(Framework, [.. command.Split(' '), "--after", "xaa=3, XAB=4", "--after", "XAC=5"]);

        var minima = Assert.Single(suite.Answers.Requests<IMessage>(), sent => sent.GetType() == request);
        Assert.Equal([("XAA", 3), ("XAB", 4), ("XAC", 5)], Minima(minima));
    }

    [Theory]
    [InlineData("model --predictors growth --first-test 2005")]
    [InlineData("framework")]
    [InlineData("rule --top-rank 5")]
    public async Task After_OfABacktest_IsPassedOn(string test)
    {
        await using var suite = await FakeSuite.StartAsync();

        await suite.EwAsync(Framework, [.. $"backtest {test} {History} --after XAA=3".Split(' ')]);

        Assert.Equal([("XAA", 3)], Minima(Assert.Single(suite.Backtests.Requests)));
    }

    [Theory]
    [InlineData("show XAA", typeof(GetCountryRiskRequest))]
    [InlineData("explain XAA", typeof(ExplainCountryRiskRequest))]
    [InlineData("history XAA", typeof(ListRiskHistoryRequest))]
    [InlineData("export history --countries XAA", typeof(ListRiskHistoryRequest))]
    public async Task After_OfOneCountry_IsPassedOnAndOfAnotherRefused(string command, Type request)
    {
        await using var suite = await FakeSuite.StartAsync();

        await suite.EwAsync(Framework, [.. command.Split(' '), "--after", "XAA=3"]);
        var other = await suite.EwAsync(Framework, [.. command.Split(' '), "--after", "XAB=3"]);

        var sent = Assert.Single(suite.Answers.Requests<IMessage>(), sent => sent.GetType() == request);
        Assert.Equal(3L, sent.Descriptor.FindFieldByName("minimum_revision").Accessor.GetValue(sent));
        Assert.Equal((ExitCode.Usage, "ew: --after: XAB is not asked. Leave it out.\n"), (other.Code, other.Error));
    }

    [Theory]
    [InlineData("", "was to be a country, = and a revision")]
    [InlineData("XAA=1,", "was to be a country, = and a revision")]
    [InlineData("XAA", "was to be a country, = and a revision")]
    [InlineData("XAA=", "was to be a country, = and a revision")]
    [InlineData("XAA=1=2", "was to be a country, = and a revision")]
    [InlineData("XAA=x", "is not a whole number")]
    [InlineData("XAA=0", "is no revision")]
    [InlineData("Aland=1", "is not a country code")]
    public async Task After_Misspelt_IsRefused(string text, string problem)
    {
        await using var suite = await FakeSuite.StartAsync();

        var run = await suite.EwAsync(Framework, "rank", "--after", text);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<RankCountriesRequest>());
    }

    private static Dictionary<string, string> Framework => new() { ["EW_FRAMEWORK"] = "un" };

    private static IEnumerable<(string, long)> Minima(IMessage request) =>
        ((IEnumerable<CountryRevision>)request.Descriptor.FindFieldByName("minimum_revisions").Accessor.GetValue(request)).Select(minimum =>
            (minimum.Country, minimum.Revision)
        );
}
