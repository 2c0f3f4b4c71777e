using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Tests.Scoring;

public class WhatIfTests
{
    [Fact]
    public async Task WhatIf_SeveralChanges_SendsThemAndPrintsBothScores()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Answers.On<WhatIfRequest>(_ => new WhatIfResponse
        {
            Before = new()
            {
                Score = 40.5,
                Level = "moderate",
                Coverage = 0.8,
            },
            After = new()
            {
                Score = 62.5,
                Level = "high",
                Coverage = 0.9,
            },
            Effects =
            {
                new Part
                {
                    Code = "displacement",
                    DisplayName = "People displaced",
                    Amount = 22,
                },
            },
            RankAfter = 3,
            RankedCount = 40,
            CatalogueRevision = 7,
            ThresholdsMet = { "thresholds/high-risk" },
        });

        var run = await suite.EwAsync(
            "what-if",
            "xaa",
            "--framework",
            "un",
            "--set",
            "displacement=1200+-50",
            "--set",
            "hate.speech=none",
            "--at",
            "2025-12-31"
        );

        Assert.Equal((0, ""), (run.Code, run.Error));
        var request = Assert.Single(suite.Answers.Requests<WhatIfRequest>());
        Assert.Equal(("frameworks/un/risks/XAA", new DateTime(2025, 12, 31)), (request.Name, request.At.ToDateTime()));
        Assert.Equal(
            [("displacement", true, 1200, true, 50), ("hate.speech", false, 0, false, 0)],
            request.Changes.Select(change =>
                (change.Indicator, change.HasValue, change.Value, change.HasStandardError, change.StandardError)
            )
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("now", StringComparison.Ordinal) && line.Contains("40.5", StringComparison.Ordinal)
        );
        Assert.Contains(run.Lines, line =>
            line.StartsWith("would be", StringComparison.Ordinal) && line.Contains("62.5", StringComparison.Ordinal)
        );
        Assert.Contains("rank 3 among 40 countries with a rank, at catalogue revision 7", run.Out, StringComparison.Ordinal);
        Assert.Contains("would meet: high-risk", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line =>
            line.Contains("+22", StringComparison.Ordinal) && line.Contains("People displaced", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("displacement", "'displacement' was to be an indicator, = and a value")]
    [InlineData("displacement=much", "'much' in 'displacement=much' is not a number")]
    [InlineData("displacement=1+-2+-3", "has more than one standard error")]
    public async Task WhatIf_AChangeWithAFault_NamesIt(string change, string expected)
    {
        await using var suite = await FakeSuite.StartAsync();

        var run = await suite.EwAsync("what-if", "XAA", "--framework", "un", "--set", change);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(suite.Answers.Requests<WhatIfRequest>());
    }
}
