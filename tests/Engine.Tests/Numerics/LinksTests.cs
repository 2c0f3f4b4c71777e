using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Numerics;

public class LinksTests
{
    [Theory]
    [InlineData("Identity", 35)]
    [InlineData("Logarithm", 35)]
    [InlineData("Logit", 0.35)]
    public void Back_OfForward_IsTheScore(string name, double score)
    {
        var link = Enum.Parse<Link>(name);
        var linear = Links.Forward(link, score);

        Assert.Equal(score, Links.Back(link, linear), 1e-12);
        Assert.Equal(1, Links.BackSlope(link, linear) * Links.ForwardSlope(link, score), 1e-12);
        Assert.Equal((Links.Back(link, linear + 1e-6) - Links.Back(link, linear - 1e-6)) / 2e-6, Links.BackSlope(link, linear), 1e-6);
    }

    [Theory]
    [InlineData("Logarithm", 20, 1e-6)]
    [InlineData("Logarithm", 20, 15)]
    [InlineData("Logit", 0.2, 1e-7)]
    [InlineData("Logit", 0.2, 0.5)]
    public void Secants_NearAndFar_AreTheSlopeOfTheChord(string name, double score, double distance)
    {
        var link = Enum.Parse<Link>(name);
        var (first, second) = (Links.Forward(link, score), Links.Forward(link, score + distance));

        var back = Links.BackSecant(link, first, score, second, score + distance);

        // The difference of two logarithms loses digits where the scores are close, and more the closer they are.
        Assert.Equal(distance, back * (second - first), 1e-8 * distance);
        Assert.Equal(1, back * Links.ForwardSecant(link, score, score + distance), 1e-9);
    }

    [Theory]
    [InlineData("Identity", 0, 100)]
    [InlineData("Logarithm", 1, 100)]
    [InlineData("Logarithm", 10, 100)]
    public void UniformVariance_AnyLink_IsThatOfAFineGrid(string name, double low, double high)
    {
        var link = Enum.Parse<Link>(name);
        var values = Enumerable.Range(0, 200_000).Select(i => Links.Forward(link, low + ((high - low) * (i + 0.5) / 200_000))).ToArray();
        var mean = values.Average();

        Assert.Equal(values.Average(value => (value - mean) * (value - mean)), Links.UniformVariance(link, low, high), 1e-5);
    }
}
