using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class LinkTests
{
    public static TheoryData<string, double> Links =>
        new()
        {
            { "Identity", 35 },
            { "Logarithm", 35 },
            { "Logit", 0.35 },
            { "-1", 35 },
            { "-2.5", 3 },
            { "0.5", 35 },
            { "2", 35 },
            { "3", 35 },
        };

    [Theory]
    [MemberData(nameof(Links))]
    public void Back_OfForward_IsTheScore(string name, double score)
    {
        var link = Of(name);
        var linear = link.Forward(score);
        var step = 1e-6 * Math.Max(1e-3, Math.Abs(linear));

        Assert.Equal(score, link.Back(linear), 1e-12 * score);
        Assert.Equal(1, link.BackSlope(linear) * link.ForwardSlope(score), 1e-12);
        Assert.Equal(1, (link.Back(linear + step) - link.Back(linear - step)) / (2 * step) / link.BackSlope(linear), 1e-6);
    }

    [Fact]
    public void Power_OfOne_IsTheArithmeticMean() => Assert.Equal(Link.Identity, Link.Power(1));

    private static Link Of(string name) =>
        name switch
        {
            "Identity" => Link.Identity,
            "Logarithm" => Link.Logarithm,
            "Logit" => Link.Logit,
            _ => Link.Power(double.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
        };
}
