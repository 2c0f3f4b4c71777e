using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Tests.Coinr;

public class CoinrMethodTests
{
    [Theory]
    [InlineData("min-max", """{"ownScale":true,"minMax":{"high":100}}""")]
    [InlineData("min-max:1:10", """{"ownScale":true,"minMax":{"low":1,"high":10}}""")]
    [InlineData("z-score", """{"ownScale":true,"zScore":{"deviation":1}}""")]
    [InlineData("z-score:5:2", """{"ownScale":true,"zScore":{"mean":5,"deviation":2}}""")]
    [InlineData("rank", """{"ownScale":true,"rank":{}}""")]
    [InlineData("borda", """{"ownScale":true,"borda":{}}""")]
    [InlineData("percentile-rank", """{"ownScale":true,"percentileRank":{}}""")]
    [InlineData("distance-to-target", """{"ownScale":true,"distanceToTarget":{"target":90}}""")]
    [InlineData("distance-to-reference:XAB", """{"ownScale":true,"distanceToReference":{"unit":"XAB"}}""")]
    [InlineData("distance-to-maximum", """{"ownScale":true,"distanceToMaximum":{}}""")]
    [InlineData("fraction-of-maximum", """{"ownScale":true,"fractionOfMaximum":{}}""")]
    [InlineData("none", """{"ownScale":true,"asIs":{}}""")]
    public async Task Normalise_AMethod_IsSentOnItsOwnScale(string method, string expected) =>
        Assert.Equal(
            JsonParser.Default.Parse<Normalisation>(expected),
            Leaf(await SentAsync("--normalise", method), "roads").Normalisation
        );

    [Fact]
    public async Task Normalise_WithParametersInIMeta_TakesThem()
    {
        var meta = CoinrFiles
            .Meta.Replace(
                "\"Type\"",
                "\"Type\",goalpost_lower,goalpost_upper,goalpost_scale,goalpost_trunc2posts,minmax_lower,minmax_upper,dist2targ_cap_max",
                StringComparison.Ordinal
            )
            .Replace("\"Indicator\"", "\"Indicator\",5,60,100,FALSE,2,8,TRUE", StringComparison.Ordinal)
            .Replace("\"Aggregate\"", "\"Aggregate\",,,,,,,", StringComparison.Ordinal)
            .Replace("\"Group\"", "\"Group\",,,,,,,", StringComparison.Ordinal)
            .Replace(",\"km2\",,,,\"Denominator\"", ",\"km2\",,,,\"Denominator\",,,,,,,", StringComparison.Ordinal);

        var posts = await SentOnAsync(meta, "--normalise", "goalposts");
        var range = await SentOnAsync(meta);
        var given = await SentOnAsync(meta, "--range", "0:1");
        var target = await SentOnAsync(meta, "--normalise", "distance-to-target");

        var leaf = Leaf(posts, "dust");
        Assert.Equal((5, 60, true, false), (leaf.Low, leaf.High, leaf.Normalisation.Goalposts.Uncapped, leaf.Normalisation.OwnScale));
        Assert.True(posts.Framework.Definition.Composite.HasScaleFloor);
        Assert.Equal((2, 8), (Leaf(range, "dust").Normalisation.MinMax.Low, Leaf(range, "dust").Normalisation.MinMax.High));
        Assert.Equal((0, 1), (Leaf(given, "dust").Normalisation.MinMax.Low, Leaf(given, "dust").Normalisation.MinMax.High));
        Assert.Equal(
            (1.5, true),
            (Leaf(target, "dust").Normalisation.DistanceToTarget.Target, Leaf(target, "dust").Normalisation.DistanceToTarget.Capped)
        );
    }

    [Theory]
    [InlineData("default", """{"skewDriven":{}}""")]
    [InlineData("winsorise:3", """{"skewDriven":{"first":{"winsorise":{"maximumPoints":3}},"firstOnly":true}}""")]
    [InlineData(
        "winsorise:5+log:plus",
        """{"skewDriven":{"first":{"winsorise":{"maximumPoints":5}},"second":{"log":{"form":"LOG_FORM_SHIFTED_BY_SKEW"}}}}"""
    )]
    [InlineData("boxcox:0.5", """{"skewDriven":{"first":{"boxCox":{"lambda":0.5}},"firstOnly":true}}""")]
    [InlineData("log!", """{"log":{"form":"LOG_FORM_SHIFTED"}}""")]
    [InlineData("winsorise:2!", """{"winsorise":{"maximumPoints":2,"always":true}}""")]
    public async Task Treat_AMethod_IsSent(string method, string expected) =>
        Assert.Equal(JsonParser.Default.Parse<Treatment>(expected), Leaf(await SentAsync("--treat", method), "roads").Treatment);

    [Fact]
    public async Task Treat_AloneWithATest_IsCoinrsDefaultWithIt()
    {
        var sent = await SentAsync("--treat-test", "1.5:3", "--combine-treatments", "--treat");

        var course = Leaf(sent, "trees").Treatment.SkewDriven;
        Assert.Equal((1.5, 3, true), (course.Test.Skewness, course.Test.Kurtosis, course.Combine));
        Assert.Equal(1.5, course.First.Winsorise.Test.Skewness);
        Assert.Null((await SentAsync()).Framework.Definition.Composite.Root.Children[0].Children[0].Leaf.Treatment);
    }

    [Fact]
    public async Task Indicator_Overridden_HasItsOwnMethods()
    {
        var sent = await SentAsync(
            "--treat",
            "--treat-indicator",
            "Roads=none",
            "--treat-indicator",
            "Dust=boxcox:0",
            "--normalise",
            "z-score",
            "--normalise-indicator",
            "Ships=goalposts:0:10"
        );

        Assert.Null(Leaf(sent, "roads").Treatment);
        Assert.Equal(0, Leaf(sent, "dust").Treatment.SkewDriven.First.BoxCox.Lambda);
        Assert.NotNull(Leaf(sent, "trees").Treatment.SkewDriven);
        Assert.Equal(
            (Normalisation.MethodOneofCase.Goalposts, 10),
            (Leaf(sent, "ships").Normalisation.MethodCase, Leaf(sent, "ships").High)
        );
        Assert.Equal(Normalisation.MethodOneofCase.ZScore, Leaf(sent, "roads").Normalisation.MethodCase);
    }

    [Theory]
    [InlineData("mean", """{"central":{"statistic":"CENTRAL_STATISTIC_MEAN"}}""")]
    [InlineData("group-median", """{"central":{"statistic":"CENTRAL_STATISTIC_MEDIAN","group":"Side"}}""")]
    [InlineData("sibling-mean", """{"sibling":{"statistic":"CENTRAL_STATISTIC_MEAN"}}""")]
    [InlineData("linear", """{"linear":{}}""")]
    [InlineData("em", """{"expectationMaximisation":{}}""")]
    public async Task Impute_AMethod_IsSent(string method, string expected) =>
        Assert.Equal(
            JsonParser.Default.Parse<Imputation>(expected),
            Leaf(await SentAsync("--impute", method, "--group", "Side"), "dust").Imputation
        );

    [Fact]
    public async Task Levels_EachWithItsOwn_AreSentFromTheLowestUp()
    {
        var sent = await SentAsync(
            "--aggregate",
            "generalised:0.5,copeland",
            "--weights",
            "pca,equal",
            "--dat-thresh",
            "0.5",
            "--screen",
            "0.6:0.05",
            "--validity",
            "400d"
        );

        var root = sent.Framework.Definition.Composite.Root;
        var pillar = root.Children[0];
        Assert.Equal(
            (Aggregation.Generalised, 0.5, WeightingMethod.PrincipalComponent),
            (pillar.Aggregation, pillar.Exponent, pillar.Weighting.Method)
        );
        Assert.Equal(MissingDataTreatment.RequireAll, pillar.MissingData.Treatment);
        Assert.Equal((Aggregation.Copeland, true, WeightingMethod.Equal), (root.Aggregation, root.OwnScale, root.Weighting.Method));
        Assert.Null(root.MissingData);
        var screening = sent.Framework.Definition.Composite.Screening;
        Assert.Equal((0.6, 0.05), (screening.Available, screening.NonZero));
        Assert.Equal(TimeSpan.FromDays(400), Leaf(sent, "roads").Validity.ToTimeSpan());
        Assert.Equal("unrated", Assert.Single(sent.Framework.Definition.Bands).Level);
    }

    [Fact]
    public async Task DatThresh_OneForEachLevel_IsTheLeastShareOfChildrenPresent()
    {
        var root = (await SentAsync("--dat-thresh", "0.5,1")).Framework.Definition.Composite.Root;

        Assert.Equal(
            (MissingDataTreatment.Reweight, 0.5),
            (root.Children[0].MissingData.Treatment, root.Children[0].MissingData.MinimumPresence)
        );
        Assert.Equal(1, root.MissingData.MinimumPresence);
    }

    private static Leaf Leaf(ConstructIndexRequest sent, string code) =>
        sent.Framework.Definition.Composite.Root.Children.SelectMany(node => node.Children).Single(node => node.Code == code).Leaf;

    private static Task<ConstructIndexRequest> SentAsync(params string[] options) => SentOnAsync(CoinrFiles.Meta, options);

    private static async Task<ConstructIndexRequest> SentOnAsync(string meta, params string[] options)
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<ConstructIndexRequest>(_ => new ConstructIndexResponse());
        using var folder = new TemporaryFolder();

        await suite.EwAsync(["coinr", "construct", .. options, .. CoinrFiles.Arguments(folder, meta: meta)]);

        return Assert.Single(suite.Answers.Requests<ConstructIndexRequest>());
    }
}
