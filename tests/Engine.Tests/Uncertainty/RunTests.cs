using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using EarlyWarning.Scoring.Engine.Validation;
using static EarlyWarning.Engine.Tests.Infrastructure.Draws;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Uncertainty;

/// <summary>How a run goes, and what it refuses.</summary>
public class RunTests
{
    private static readonly CompiledFramework _framework = CompiledFramework.Compile(
        Framework(Node("index", new RenormaliseWeights(0), Leaf("a"), Leaf("b")))
    );

    private static readonly CountryValues _country = Country("XXX", ("a", 50, 1), ("b", 20, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_Cancelled_Ends(int threads)
    {
        using var source = new CancellationTokenSource();
        var progress = new Reporter(share =>
        {
            if (share > 0.1)
                source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() =>
            MonteCarlo.Run(_framework, [_country], new() { Draws = 1_000_000, Threads = threads }, progress, source.Token)
        );
        Assert.InRange(progress.Shares.Max(), 0.1, 0.9);
    }

    [Fact]
    public void Run_Progress_RisesToTheEnd()
    {
        var progress = new Reporter(_ => { });

        MonteCarlo.Run(_framework, [_country], new() { Draws = 100_000, Threads = 1 }, progress);

        Assert.Equal(progress.Shares.Order(), progress.Shares);
        Assert.Equal((100, 1.0), (progress.Shares.Count, progress.Shares[^1]));
    }

    [Fact]
    public void Run_OptionsThatMakeNoSense_AreRefused()
    {
        Refuses(new() { Draws = 1 });
        Refuses(new() { Draws = MonteCarloOptions.MostDraws + 1 });
        Refuses(new() { Confidence = 1 });
        Refuses(new() { Confidence = double.NaN });
        Refuses(new() { Threads = -1 });
        Refuses(new() { Node = "nothing" });
        Refuses(new() { Weights = [new UniformWeightNoise(1, 1)] });
        Refuses(new() { Weights = [new DirichletWeightNoise(1, 0)] });
        Refuses(new() { Weights = [new UniformWeightNoise(1, 0.1), new UniformWeightNoise(1, 0.2)] });
        Refuses(new() { Choices = [new("x", [])] });
        Refuses(new() { Choices = [new("x", [MethodOption.AsIs() with { Weight = 0 }])] });
        Refuses(new() { Choices = [new("x", [MethodOption.AsIs()]), new("x", [MethodOption.AsIs()])] });

        static void Refuses(MonteCarloOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => MonteCarlo.Run(_framework, [_country], options));
    }

    [Fact]
    public void Run_SameCountryTwiceOrNone_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => MonteCarlo.Run(_framework, [_country, _country], new()));
        Assert.Throws<ArgumentException>(() => MonteCarlo.Run(_framework, [], new()));
    }

    [Fact]
    public void Run_ChoiceThatMakesAnInvalidFramework_SaysWhy()
    {
        var options = new MonteCarloOptions { Choices = [new("aggregation", [MethodOption.OfTree("geometric", Geometric)])] };

        var exception = Assert.Throws<InvalidModelException>(() => MonteCarlo.Run(_framework, [_country], options));

        Assert.Equal("root.aggregation", exception.Errors[0].Path);
    }

    /// <summary>Keeps what it is told, at once and from any thread.</summary>
    private sealed class Reporter(Action<double> then) : IProgress<double>
    {
        private readonly Lock _lock = new();

        public List<double> Shares { get; } = [];

        public void Report(double value)
        {
            lock (_lock)
                Shares.Add(value);
            then(value);
        }
    }
}
